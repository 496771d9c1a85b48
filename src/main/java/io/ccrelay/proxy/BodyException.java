package io.ccrelay.proxy;

/** Why the content of a request was not obtained. */
public final class BodyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds of failure and what the client is told. */
  public enum Kind {
    /** It is, or says it is, larger than allowed (RFC 9110 section 15.5.14). */
    TOO_LARGE(413, "content-too-large", "the request exceeds the maximum size"),
    /** It came too slowly (RFC 9110 section 15.5.9). */
    TOO_SLOW(408, "content-too-slow", "the request did not arrive in time"),
    /** The client left or broke the framing; an answer does not reach it. */
    BROKEN(400, "content-broken", "the request broke off");

    private final int status;
    private final String token;
    private final String message;

    Kind(int status, String token, String message) {
      this.status = status;
      this.token = token;
      this.message = message;
    }

    /** The status code of the answer. */
    public int status() {
      return status;
    }

    /** The reason for log and metric. */
    public String token() {
      return token;
    }

    /** The sentence for the error body. */
    public String message() {
      return message;
    }
  }

  private final Kind kind;

  BodyException(Kind kind) {
    super(kind.message(), null, false, false);
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }
}
