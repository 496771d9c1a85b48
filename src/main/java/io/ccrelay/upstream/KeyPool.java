package io.ccrelay.upstream;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.ProviderOptions.KeyOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The keys of one provider, each used as far as its limits go. Limits are those of the file ({@code
 * rpm_limit}) and those that the provider's answers tell of; a key that got a 429 rests as long as
 * the provider asked, at most ten minutes. The state is one immutable value, replaced as a whole:
 * safe for use from any context.
 */
public final class KeyPool {

  private final List<KeyOptions> keys;
  private final List<String> ids;
  private final KeyStrategy strategy;
  private final AtomicReference<State> state;

  private record State(List<KeyState> keys, int turn) {}

  /** Which key a request carries. */
  public sealed interface Choice {

    /** No pool has a part in the request. */
    record None() implements Choice {}

    /**
     * A key of the pool.
     *
     * @param key the secret
     * @param id names the key without telling anything of it
     * @param total keys in the pool
     * @param available keys that might have been chosen
     * @param pool whom to tell of the answer
     */
    record Chosen(String key, String id, int total, int available, KeyPool pool) implements Choice {

      /** Tells the pool what the provider answered to the request. */
      public void heard(int status, Fields answer, Instant now) {
        pool.heard(id, status, answer, now);
      }

      @Override
      public String toString() {
        return "Chosen(" + id + ")";
      }
    }

    /**
     * Every key is at its limit or rests.
     *
     * @param delay until one of them may be used
     */
    record Exhausted(Duration delay) implements Choice {}
  }

  private KeyPool(ProviderOptions provider, Instant now) {
    this.keys = distinct(provider.keys());
    this.ids = keys.stream().map(key -> id(key.key())).toList();
    this.strategy = KeyStrategy.named(provider.pooling().strategy());
    var unused = keys.stream().map(key -> KeyState.unused(key, now)).toList();
    this.state = new AtomicReference<>(new State(unused, 0));
  }

  /** The pool of {@code provider}, none of its keys used yet. */
  static KeyPool of(ProviderOptions provider, Instant now) {
    return new KeyPool(provider, now);
  }

  /** Whether {@code provider} pools its keys: several of them, or one whose limits count. */
  public static boolean isFor(ProviderOptions provider) {
    long usable = provider.keys().stream().filter(key -> !key.key().isBlank()).count();
    return usable > 1 || (usable == 1 && provider.pooling().enabled());
  }

  /** Keeps what {@code former} knows of keys that this pool has too. */
  KeyPool inheriting(KeyPool former) {
    List<KeyState> known = former.state.get().keys();
    State fresh = state.get();
    var inherited =
        IntStream.range(0, keys.size())
            .mapToObj(i -> {
              int there = former.ids.indexOf(ids.get(i));
              return there < 0 ? fresh.keys().get(i) : known.get(there);
            })
            .toList();
    state.set(new State(inherited, 0));
    return this;
  }

  /** The key for a request at {@code now}; it counts as used. */
  Choice choose(Instant now, RandomGenerator random) {
    while (true) {
      State before = state.get();
      List<KeyState> current = at(before.keys(), now);
      List<Integer> free = free(current);
      if (free.isEmpty()) {
        return new Choice.Exhausted(untilOneIsFree(current, now));
      }
      int place = strategy.choose(free, keys, current, before.turn(), random);
      current.set(place, current.get(place).taken());
      if (state.compareAndSet(before, new State(List.copyOf(current), place + 1))) {
        return new Choice.Chosen(
            keys.get(place).key(), ids.get(place), keys.size(), free.size(), this);
      }
    }
  }

  private void heard(String id, int status, Fields answer, Instant now) {
    int place = ids.indexOf(id);
    state.updateAndGet(before -> {
      var after = new ArrayList<>(before.keys());
      after.set(place, after.get(place).heard(status, answer, now));
      return new State(List.copyOf(after), before.turn());
    });
  }

  private List<KeyState> at(List<KeyState> states, Instant now) {
    var current = new ArrayList<KeyState>(states.size());
    for (int i = 0; i < states.size(); i++) {
      current.add(states.get(i).at(keys.get(i), now));
    }
    return current;
  }

  private List<Integer> free(List<KeyState> states) {
    return IntStream.range(0, states.size())
        .filter(i -> states.get(i).isAvailable(keys.get(i)))
        .boxed()
        .toList();
  }

  private Duration untilOneIsFree(List<KeyState> states, Instant now) {
    return IntStream.range(0, states.size())
        .mapToObj(i -> states.get(i).availableAt(keys.get(i)))
        .min(Instant::compareTo)
        .map(first -> Duration.between(now, first))
        .orElse(Duration.ZERO);
  }

  /** The same key twice is one key. */
  private static List<KeyOptions> distinct(List<KeyOptions> given) {
    var distinct = new ArrayList<KeyOptions>();
    for (KeyOptions key : given) {
      if (!key.key().isBlank() && distinct.stream().noneMatch(k -> k.key().equals(key.key()))) {
        distinct.add(key);
      }
    }
    return List.copyOf(distinct);
  }

  /** One way, and only 32 bits of it: enough to tell keys apart, useless for anything else. */
  private static String id(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(("cc-relay key id\n" + key).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
