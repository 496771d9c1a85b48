package io.ccrelay.config;

/**
 * Ends the reading of a text that is not YAML or TOML, or exceeds a bound; never leaves the room.
 */
final class UnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Position at;

  UnreadableException(Position at, String message) {
    super(message, null, false, false);
    this.at = at;
  }

  Position at() {
    return at;
  }
}
