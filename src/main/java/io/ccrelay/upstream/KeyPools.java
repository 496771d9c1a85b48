package io.ccrelay.upstream;

import io.ccrelay.upstream.ProviderOptions.KeyOptions;
import io.ccrelay.upstream.ProviderOptions.Pooling;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The key pools of all providers, shared by all event loops, so that limits hold for the process.
 * What is known of a key outlives reloads that leave the key in place. Safe for use from any
 * context.
 */
public final class KeyPools {

  private static final KeyPool.Choice NONE = new KeyPool.Choice.None();

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Kept> pools = new ConcurrentHashMap<>();

  /** A pool and the settings it was made of. */
  private record Kept(List<KeyOptions> keys, Pooling pooling, KeyPool pool) {

    boolean isOf(ProviderOptions provider) {
      return keys.equals(provider.keys()) && pooling.equals(provider.pooling());
    }
  }

  /**
   * No pools yet.
   *
   * @param random for the strategies that draw lots; used from any context
   */
  public KeyPools(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** The key of {@code provider} for one more request, if the provider pools its keys. */
  public KeyPool.Choice choose(ProviderOptions provider) {
    if (!KeyPool.isFor(provider)) {
      return NONE;
    }
    Instant now = clock.instant();
    return pool(provider, now).choose(now, random);
  }

  private KeyPool pool(ProviderOptions provider, Instant now) {
    Kept kept = pools.get(provider.name());
    if (kept != null && kept.isOf(provider)) {
      return kept.pool();
    }
    return pools.compute(provider.name(), (name, former) -> renewed(former, provider, now)).pool();
  }

  private static Kept renewed(@Nullable Kept former, ProviderOptions provider, Instant now) {
    if (former != null && former.isOf(provider)) {
      return former;
    }
    KeyPool fresh = KeyPool.of(provider, now);
    return new Kept(
        provider.keys(),
        provider.pooling(),
        former == null ? fresh : fresh.inheriting(former.pool()));
  }
}
