package io.ccrelay.config;

/**
 * A place in a file.
 *
 * @param line counted from 1, 0 = the file as a whole
 * @param column counted from 1, 0 = unknown
 */
record Position(int line, int column) {

  /** The file as a whole. */
  static final Position FILE = new Position(0, 0);
}
