package io.ccrelay.launch;

/**
 * The {@code logging} section.
 *
 * @param level {@code debug info warn error}
 * @param format {@code json console text pretty}, empty = console on a terminal, JSON elsewhere
 * @param output {@code stdout stderr} or a file to append to
 * @param pretty console format whatever {@code format} says
 * @param access one line for each request
 */
public record LoggingOptions(
    String level, String format, String output, boolean pretty, Access access) {

  /** info, by terminal, standard output. */
  public static final LoggingOptions DEFAULTS = new LoggingOptions("info", "", "stdout", false);

  /** A log without lines for requests. */
  public LoggingOptions(String level, String format, String output, boolean pretty) {
    this(level, format, output, pretty, Access.OFF);
  }

  /** The form of the line that each request gets. */
  public enum Access {
    /** It gets none. */
    OFF,
    /** Words with blanks between. */
    TEXT,
    /** A JSON object. */
    JSON
  }
}
