package io.ccrelay.upstream;

import io.ccrelay.upstream.ProviderOptions.KeyOptions;
import java.util.List;
import java.util.random.RandomGenerator;

/** How one of several available keys is chosen: {@code providers[].pooling.strategy}. */
enum KeyStrategy {
  /** The one with most left of its limits; of equal ones the next in turn. */
  LEAST_LOADED("least_loaded"),
  /** One after the other. */
  ROUND_ROBIN("round_robin"),
  /** Any, each as likely. */
  RANDOM("random"),
  /** Any, as likely as its {@code weight} says. */
  WEIGHTED("weighted");

  private final String configName;

  KeyStrategy(String configName) {
    this.configName = configName;
  }

  /** The strategy of that name; {@link #LEAST_LOADED} for any other. */
  static KeyStrategy named(String name) {
    for (KeyStrategy strategy : values()) {
      if (strategy.configName.equals(name)) {
        return strategy;
      }
    }
    return LEAST_LOADED;
  }

  /**
   * The place of the key to use.
   *
   * @param free places of available keys in ascending order, at least one
   * @param turn the place whose turn it is
   */
  int choose(
      List<Integer> free,
      List<KeyOptions> keys,
      List<KeyState> states,
      int turn,
      RandomGenerator random) {
    return switch (this) {
      case LEAST_LOADED -> next(freest(free, keys, states), turn);
      case ROUND_ROBIN -> next(free, turn);
      case RANDOM -> free.get(random.nextInt(free.size()));
      case WEIGHTED -> weighted(free, keys, random);
    };
  }

  private static int next(List<Integer> free, int turn) {
    for (int place : free) {
      if (place >= turn) {
        return place;
      }
    }
    return free.getFirst();
  }

  private static List<Integer> freest(
      List<Integer> free, List<KeyOptions> keys, List<KeyState> states) {
    double most =
        free.stream().mapToDouble(i -> states.get(i).freedom(keys.get(i))).max().orElse(0);
    return free.stream().filter(i -> states.get(i).freedom(keys.get(i)) >= most).toList();
  }

  /** A weight that is not given counts as one. */
  private static int weighted(List<Integer> free, List<KeyOptions> keys, RandomGenerator random) {
    long sum = free.stream().mapToLong(i -> weight(keys.get(i))).sum();
    long left = random.nextLong(sum);
    for (int place : free) {
      left -= weight(keys.get(place));
      if (left < 0) {
        return place;
      }
    }
    return free.getLast();
  }

  private static long weight(KeyOptions key) {
    return Math.max(1, key.weight());
  }
}
