package io.ccrelay.upstream;

import java.time.Duration;

/** Why an exchange with an upstream gave no complete answer. */
public final class UpstreamException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds of failure and what the client is told. */
  public enum Kind {
    /** No connection: refused, unreachable, name unknown, TLS refused. */
    CONNECT("upstream-connect", 502),
    /** No connection in time. */
    CONNECT_TIMEOUT("upstream-connect-timeout", 504),
    /** All connections are in use and the queue is full or the wait was too long. */
    BUSY("upstream-busy", 503),
    /** No head of an answer in time. */
    FIRST_BYTE_TIMEOUT("upstream-first-byte-timeout", 504),
    /** The answer stood still for too long. */
    STALLED("upstream-stalled", 504),
    /** The exchange as a whole took too long. */
    TOTAL_TIMEOUT("upstream-timeout", 504),
    /** The connection ended or broke the protocol. */
    BROKEN("upstream-broken", 502),
    /** Every key of the provider is at its limit or rests. */
    KEYS_EXHAUSTED("keys-exhausted", 429),
    /** The request cannot be expressed in HTTP. */
    UNSENDABLE("upstream-unsendable", 400),
    /** The client's content broke off before it was sent on. */
    CLIENT_GONE("client-gone", 499);

    private final String token;
    private final int status;

    Kind(String token, int status) {
      this.token = token;
      this.status = status;
    }

    /** The token for {@code Cache-Status}, log and metric. */
    public String token() {
      return token;
    }

    /** The status code a client gets when nothing was sent to it yet. */
    public int status() {
      return status;
    }
  }

  private final Kind kind;
  private final Duration retryAfter;
  private final boolean lost;

  /** A failure of {@code kind}; {@code detail} must hold no credential and no content. */
  public UpstreamException(Kind kind, String detail) {
    this(kind, detail, Duration.ZERO);
  }

  /** The same, with the time after which another try may do better. */
  public UpstreamException(Kind kind, String detail, Duration retryAfter) {
    this(kind, detail, retryAfter, false);
  }

  private UpstreamException(Kind kind, String detail, Duration retryAfter, boolean lost) {
    super(detail, null, false, false);
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.lost = lost;
  }

  /** The connection ended before anything of an answer came. */
  public static UpstreamException lost() {
    return new UpstreamException(
        Kind.BROKEN, "connection ended without an answer", Duration.ZERO, true);
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /**
   * Whether the upstream is {@link Kind#BROKEN} by having gone: not one byte of an answer came. No
   * answer is not a wrong one (RFC 9110 sections 15.6.3 and 15.6.5).
   */
  public boolean isLost() {
    return lost;
  }

  /** When to try again, {@link Duration#ZERO} if nothing is known. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
