package io.ccrelay.policy.run;

import io.ccrelay.policy.CachePolicy.DownstreamCaching;

/**
 * A {@code cache-lookup} that was made: where its {@code cache-store} stores, and what caches
 * behind the relay are told.
 *
 * @param allowed whether this request may be answered from the cache and its answer stored
 */
record ResponseLookup(
    Slot slot, boolean allowed, DownstreamCaching downstream, boolean mustRevalidate) {}
