package io.ccrelay.policy.expression;

/**
 * {@code System.Random}: Knuth's subtractive generator with the constants of .NET, so that a seed
 * gives the sequence it gives there. Confined to one context.
 */
final class RandomNumbers {

  private static final int SEED = 161_803_398;
  private static final int LAST = 55;
  private static final int OFFSET = 21;

  private final int[] table = new int[LAST + 1];
  private int next;
  private int nextOther = OFFSET;

  RandomNumbers(int seed) {
    int subtraction = seed == Integer.MIN_VALUE ? Integer.MAX_VALUE : Math.abs(seed);
    int filled = SEED - subtraction;
    table[LAST] = filled;
    int step = 1;
    for (int i = 1; i < LAST; i++) {
      int place = OFFSET * i % LAST;
      table[place] = step;
      step = positive(filled - step);
      filled = table[place];
    }
    for (int round = 1; round < 5; round++) {
      for (int i = 1; i <= LAST; i++) {
        table[i] = positive(table[i] - table[1 + (i + 30) % LAST]);
      }
    }
  }

  private static int positive(int value) {
    return value < 0 ? value + Integer.MAX_VALUE : value;
  }

  /** From 0 up to but without the greatest integer. */
  int next() {
    next = next >= LAST ? 1 : next + 1;
    nextOther = nextOther >= LAST ? 1 : nextOther + 1;
    int value = table[next] - table[nextOther];
    value = value == Integer.MAX_VALUE ? value - 1 : positive(value);
    table[next] = value;
    return value;
  }

  /** From 0 up to but without 1. */
  double real() {
    return next() * (1.0 / Integer.MAX_VALUE);
  }

  /** From {@code least} up to but without {@code bound}. */
  int between(int least, int bound) {
    long range = (long) bound - least;
    if (range <= Integer.MAX_VALUE) {
      return (int) (real() * range) + least;
    }
    int value = next();
    double sample = (next() % 2 == 0 ? -value : value) + (Integer.MAX_VALUE - 1.0);
    return (int) ((long) (sample / (2.0 * Integer.MAX_VALUE - 1) * range) + least);
  }
}
