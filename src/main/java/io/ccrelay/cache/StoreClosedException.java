package io.ccrelay.cache;

/** The store was used after {@link Store#close}: the original's {@code ErrClosed}. */
public final class StoreClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure without a stack trace: it is an outcome, not a defect. */
  public StoreClosedException() {
    super("the cache is closed", null, false, false);
  }
}
