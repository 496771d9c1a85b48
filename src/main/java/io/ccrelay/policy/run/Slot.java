package io.ccrelay.policy.run;

import io.ccrelay.cache.Key;
import io.ccrelay.policy.CachePolicy.CachingType;

/**
 * A place in a cache.
 *
 * @param key digest; responses and values have key spaces of their own
 * @param cache which cache
 */
public record Slot(Key key, CachingType cache) {}
