package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;

/**
 * One event of a stream. Safe for use from any context.
 *
 * @param name value of the last {@code event} line, {@code message} if there was none
 * @param data the {@code data} lines, joined by line feeds
 * @param wire the event as it was sent, blank line included, byte order mark and comment lines left
 *     out
 */
public record Event(String name, Bytes data, Bytes wire) {

  /** Name of an event that names none (WHATWG HTML, "dispatch the event"). */
  static final String UNNAMED = "message";
}
