package io.ccrelay.admin;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.ClusterReport;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Purger;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.StatsPoll;
import io.ccrelay.llm.ExplainRequest;
import io.ccrelay.llm.Explanation;
import io.ccrelay.llm.Preload;
import io.ccrelay.metrics.Meters;
import io.ccrelay.metrics.RequestJournal;
import io.ccrelay.semantic.SemanticReport;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an {@link AdminVerticle} works with.
 *
 * @param options where to listen and who may ask
 * @param cache makes the cache port; called on the verticle's context
 * @param held the entries this process holds itself; walked over on workers only
 * @param preloader makes what stores given answers; called on the verticle's context
 * @param purger makes entries void
 * @param statsPoll asks all members of the cluster for their counters; empty without one
 * @param meters the relay's meters
 * @param journal the last requests
 * @param exposition renders the meters in the Prometheus text format; may take milliseconds
 * @param storeSeen is told the store's counters before {@code exposition} is called
 * @param readiness the answer of the readiness probe
 * @param explainer makes what explains requests; called on the verticle's context
 * @param cluster what is known of the cluster; empty without one
 * @param clock wall clock
 * @param version of this program
 * @param values makes what policy documents keep; called on the verticle's context
 * @param semantic the counters of the semantic cache; empty while it is off
 */
public record AdminParts(
    ManagementOptions options,
    Supplier<Cache> cache,
    Iterable<Map.Entry<Key, Bytes>> held,
    Supplier<Function<Preload, Future<Preload.Outcome>>> preloader,
    Purger purger,
    Optional<StatsPoll> statsPoll,
    Meters meters,
    RequestJournal journal,
    Supplier<String> exposition,
    Consumer<Stats> storeSeen,
    Supplier<Readiness> readiness,
    Supplier<Function<ExplainRequest, Future<Explanation>>> explainer,
    Supplier<Optional<ClusterReport>> cluster,
    InstantSource clock,
    String version,
    Supplier<PolicyValues> values,
    Supplier<Optional<SemanticReport>> semantic) {}
