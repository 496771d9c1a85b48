package io.ccrelay.proxy;

import io.netty.util.AsciiString;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Names for requests: the client's own where it sent one that is safe to repeat, else a random one.
 * They are names, not secrets. Confined to one context.
 */
final class RequestIds {

  private static final int LONGEST = 128;

  private final SplittableRandom random = new SplittableRandom();

  /**
   * The name of a request.
   *
   * @param text as it is told
   * @param given whether the client gave it
   */
  record Name(AsciiString text, boolean given) {}

  /** The name of a request that came with {@code offered}. */
  Name name(Optional<String> offered) {
    return offered
        .filter(RequestIds::isSafe)
        .map(safe -> new Name(new AsciiString(safe), true))
        .orElseGet(() -> new Name(new AsciiString(fresh()), false));
  }

  /** A version 4 UUID. */
  String fresh() {
    long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new java.util.UUID(high, low).toString();
  }

  private static boolean isSafe(String offered) {
    return !offered.isEmpty()
        && offered.length() <= LONGEST
        && offered.chars().allMatch(c -> c > ' ' && c < 127);
  }
}
