package io.ccrelay.cache;

/** A store could not do what was asked, for a reason other than being closed. */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Reason {
    /** No answer within {@code cache.deadline}. */
    DEADLINE("cache-deadline"),
    /** The backend cannot be reached. */
    NETWORK("cache-network"),
    /** Too few copies or members answered. */
    QUORUM("cache-quorum"),
    /** Bytes that cannot be written or read. */
    SERIALIZATION("cache-serialization"),
    /** Not asked: the backend failed repeatedly and is left alone for a while. */
    BYPASSED("cache-bypassed"),
    /** Anything else. */
    OTHER("cache-error");

    private final String token;

    Reason(String token) {
      this.token = token;
    }

    /** The token for {@code Cache-Status}, log and metric. */
    public String token() {
      return token;
    }
  }

  private final Reason reason;

  /** A failure of kind {@code reason}; {@code detail} must hold no key and no value. */
  public StoreUnavailableException(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** What went wrong. */
  public Reason reason() {
    return reason;
  }
}
