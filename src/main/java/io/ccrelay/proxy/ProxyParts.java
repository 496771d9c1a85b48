package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Flights;
import io.ccrelay.metrics.Meters;
import io.ccrelay.proxy.transport.Connections;
import io.ccrelay.semantic.SemanticCache;
import io.ccrelay.upstream.KeyPools;
import io.ccrelay.upstream.Upstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a {@link ProxyVerticle} works with.
 *
 * @param settings the current settings
 * @param cache makes the cache port; called on the verticle's context
 * @param upstream makes the upstream port; called on the verticle's context
 * @param flights shared by all verticles of the process
 * @param meters shared by all verticles of the process
 * @param clock wall clock
 * @param scopeSecret key under which credentials enter cache keys; with another one the settings
 *     are others too
 * @param connections client connections of the process, against their cap
 * @param slots LLM requests of the process, against their cap
 * @param keys the key pools of all providers
 * @param silence after which a stream gets a sign of life
 * @param kept what stored answers were asked with, shared by all verticles of the process
 * @param apis makes the door to the HTTP APIs; called on the verticle's context
 * @param semantic finds answers to similar questions, shared by all verticles; empty while off
 * @param traces follows requests
 */
public record ProxyParts(
    Supplier<ProxySettings> settings,
    Supplier<Cache> cache,
    Supplier<Upstream> upstream,
    Flights flights,
    Meters meters,
    InstantSource clock,
    Supplier<Bytes> scopeSecret,
    Connections connections,
    Slots slots,
    KeyPools keys,
    Duration silence,
    KeptParts kept,
    ApiDoor.Maker apis,
    Supplier<Optional<SemanticCache>> semantic,
    Traces traces) {

  /** How long a stream of service may say nothing. */
  public static final Duration SILENCE = Pinger.SILENCE;
}
