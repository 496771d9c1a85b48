/** Backends of {@link io.ccrelay.cache.Store}: Caffeine in this process, Redis, and none. RIM. */
@NullMarked
package io.ccrelay.cache.store;

import org.jspecify.annotations.NullMarked;
