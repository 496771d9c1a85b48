/**
 * The cache behind the event bus: {@code CacheVerticle} owns a store, {@code CacheClient} asks it
 * with a deadline. RIM.
 */
@NullMarked
package io.ccrelay.cache.bus;

import org.jspecify.annotations.NullMarked;
