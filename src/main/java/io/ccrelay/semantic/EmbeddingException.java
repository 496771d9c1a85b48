package io.ccrelay.semantic;

/** There is no embedding; to the semantic cache a miss with a reason. */
public final class EmbeddingException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Why there is none. */
  public enum Reason {
    /** The queue is full. */
    BUSY("embedder-busy"),
    /** It took too long. */
    TIMEOUT("embedder-timeout"),
    /** The service cannot be reached or answered with an error. */
    UNAVAILABLE("embedder-unavailable"),
    /** The service answered with something that is no embedding. */
    MALFORMED("embedder-malformed"),
    /** The text is empty or cannot be embedded. */
    UNSUITABLE("embedder-unsuitable");

    private final String token;

    Reason(String token) {
      this.token = token;
    }

    /** The word in logs and metrics. */
    public String token() {
      return token;
    }
  }

  private final Reason reason;

  /** An absence because of {@code reason}. */
  public EmbeddingException(Reason reason) {
    super(reason.token(), null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
