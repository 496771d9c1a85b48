package io.ccrelay.launch;

/**
 * The {@code logging} section.
 *
 * @param level {@code debug info warn error}
 * @param format {@code json console text pretty}, empty = console on a terminal, JSON elsewhere
 * @param output {@code stdout stderr} or a file to append to
 * @param pretty console format whatever {@code format} says
 */
public record LoggingOptions(String level, String format, String output, boolean pretty) {

  /** info, by terminal, standard output. */
  public static final LoggingOptions DEFAULTS = new LoggingOptions("info", "", "stdout", false);
}
