package io.ccrelay.proxy.transport;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open connections of a process against a cap. Safe for use from any context; one
 * instance is shared by all listeners that draw on the same file descriptors.
 */
public final class Connections {

  private final AtomicInteger open = new AtomicInteger();
  private final int cap;

  /** At most {@code cap} connections at once. */
  public Connections(int cap) {
    if (cap < 1) {
      throw new IllegalArgumentException("cap: " + cap + ", expected at least 1");
    }
    this.cap = cap;
  }

  /** Counts one more connection unless the cap is reached; the caller owes a {@link #leave}. */
  boolean enter() {
    if (open.incrementAndGet() <= cap) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  /** Counts one connection less. */
  void leave() {
    open.decrementAndGet();
  }

  /** Connections open now. */
  public int open() {
    return open.get();
  }

  /** The most connections allowed at once. */
  public int cap() {
    return cap;
  }
}
