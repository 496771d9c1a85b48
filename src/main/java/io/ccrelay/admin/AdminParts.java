package io.ccrelay.admin;

import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Stats;
import io.ccrelay.metrics.Meters;
import io.ccrelay.metrics.RequestJournal;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What an {@link AdminVerticle} works with.
 *
 * @param options where to listen and who may ask
 * @param cache makes the cache port; called on the verticle's context
 * @param meters the relay's meters
 * @param journal the last requests
 * @param exposition renders the meters in the Prometheus text format; may take milliseconds
 * @param storeSeen is told the store's counters before {@code exposition} is called
 * @param readiness the answer of the readiness probe
 * @param clock wall clock
 * @param version of this program
 */
public record AdminParts(
    ManagementOptions options,
    Supplier<Cache> cache,
    Meters meters,
    RequestJournal journal,
    Supplier<String> exposition,
    Consumer<Stats> storeSeen,
    Supplier<Readiness> readiness,
    InstantSource clock,
    String version) {}
