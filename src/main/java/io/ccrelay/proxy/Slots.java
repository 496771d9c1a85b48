package io.ccrelay.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * LLM requests under way in this process, counted against {@code server.max_concurrent}. Safe for
 * use from any context.
 */
public final class Slots {

  private final AtomicInteger taken = new AtomicInteger();

  /** Takes a slot unless {@code most} are taken; 0 means no limit. */
  boolean enter(int most) {
    if (taken.incrementAndGet() > most && most > 0) {
      taken.decrementAndGet();
      return false;
    }
    return true;
  }

  /** Gives a slot back. */
  void leave() {
    taken.decrementAndGet();
  }

  /** Requests under way. */
  public int taken() {
    return taken.get();
  }
}
