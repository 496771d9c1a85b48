package io.ccrelay.cache.store;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.Store;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store that the configuration asks for. */
public final class Stores {

  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  private Stores() {}

  /** {@link #create(CacheOptions, LongSupplier)} with the time of this process. */
  public static Store create(CacheOptions options) {
    return create(options, System::nanoTime);
  }

  /**
   * The store of {@code options}.
   *
   * @param nanos monotonic time, nanoseconds
   * @throws IllegalArgumentException naming the option, if there is no such store
   */
  public static Store create(CacheOptions options, LongSupplier nanos) {
    LOG.info("cache.mode: {}", options.mode());
    return switch (options.mode()) {
      case SINGLE -> local(options.local(), nanos);
      case DISABLED -> new NoStore();
      case HA ->
          throw refused(
              "cache.mode: ha is not available in this version (expected: single or disabled)");
    };
  }

  private static Store local(CacheOptions.Local options, LongSupplier nanos) {
    mustBePositive("cache.ristretto.max_cost", options.maxCost());
    mustBePositive("cache.ristretto.num_counters", options.numCounters());
    return new CaffeineStore(options, nanos);
  }

  private static void mustBePositive(String name, long value) {
    if (value <= 0) {
      throw refused(name + ": " + value + " must be positive");
    }
  }

  private static IllegalArgumentException refused(String cause) {
    LOG.error("cache not opened: {}", cause);
    return new IllegalArgumentException(cause);
  }
}
