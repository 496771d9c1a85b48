package io.ccrelay.cassette;

/**
 * {@code cache.responses.mode} and {@code cache.responses.cassette}.
 *
 * @param mode what is done with the cassette
 * @param file the cassette, empty for {@link Mode#NORMAL}
 */
public record CassetteOptions(Mode mode, String file) {

  /** No cassette. */
  public static final CassetteOptions NONE = new CassetteOptions(Mode.NORMAL, "");

  /** What is done with the cassette. */
  public enum Mode {
    /** There is none. */
    NORMAL,
    /** Every answer of an upstream is added. */
    RECORD,
    /** Every answer comes from it; no upstream is ever asked. */
    REPLAY,
    /** What it has comes from it, the rest from an upstream and is added. */
    HYBRID
  }

  /** Whether there is a cassette. */
  public boolean enabled() {
    return mode != Mode.NORMAL;
  }
}
