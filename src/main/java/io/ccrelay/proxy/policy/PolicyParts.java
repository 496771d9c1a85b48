package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Store;
import io.ccrelay.upstream.Upstream;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What policies work with beside the parts of the proxy.
 *
 * @param routes which policy a request runs through
 * @param internal makes a view of the internal cache; called on the verticle's context
 * @param external makes a view of the external cache, if there is one; called there too
 * @param counters of limits, shared by all verticles, or nodes
 * @param lanes shared by all verticles of the process
 * @param guarded makes the upstream for calls that documents decide on; called there too
 * @param trusted origins that the operator configured as backends
 * @param similar finds answers to similar prompts
 * @param tokens makes the source of tokens for other services; called there too, with the
 *     verticle's upstream
 */
public record PolicyParts(
    PolicyRoutes routes,
    Supplier<Store> internal,
    Optional<Supplier<Store>> external,
    Counters counters,
    Lanes lanes,
    Supplier<Upstream> guarded,
    TrustedOrigins trusted,
    SimilarPrompts similar,
    Function<Upstream, TokenSource> tokens) {}
