package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Dialect;

/** Signs of life that a relay may put between two events. Safe for use from any context. */
public final class Ping {

  /** A comment line: every reader of event streams skips it. */
  private static final Bytes COMMENT = Bytes.utf8(": ping\n\n");

  /** The keep-alive of the Anthropic API itself. */
  private static final Bytes EVENT = Bytes.utf8("event: ping\ndata: {\"type\": \"ping\"}\n\n");

  private Ping() {}

  /**
   * The bytes of a ping. The Anthropic API sends its own only after the first event, so before it a
   * comment is used.
   *
   * @param started whether an event was sent before
   */
  public static Bytes of(Dialect dialect, boolean started) {
    return dialect == Dialect.ANTHROPIC && started ? EVENT : COMMENT;
  }
}
