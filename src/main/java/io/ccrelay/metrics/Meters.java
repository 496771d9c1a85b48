package io.ccrelay.metrics;

import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Usage;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The relay's meters; labels come from closed sets only, and each set has a bound. Counting
 * allocates nothing and takes no lock once a series exists. Safe for use from any context.
 */
public final class Meters {

  private static final int ROUTES = 20;
  private static final int PROVIDERS = 20;
  private static final int MODELS = 20;
  private static final int REASONS = 100;

  private static final Duration[] BUCKETS = {
    Duration.ofNanos(500_000),
    Duration.ofMillis(2),
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60),
  };

  private final MeterRegistry registry;
  private final Labels<RouteMeters> routes;
  private final Labels<LongAdder> reasons;
  private final Labels<LongAdder> cacheFailures;
  private final Labels<UpstreamMeters> upstreams;
  private final Map<CacheOutcome, OutcomeMeters> answers = new EnumMap<>(CacheOutcome.class);
  private final Labels<ModelMeters> models;
  private final TokenMeters tokens;
  private final Map<SnapshotResult, LongAdder> snapshots = new EnumMap<>(SnapshotResult.class);
  private final LongAdder repeated;
  private final LongAdder reloads;
  private final LongAdder failedReloads;
  private final List<Consumer<Answered>> listeners = new CopyOnWriteArrayList<>();
  private volatile Supplier<Stats> store = () -> Stats.ZERO;

  /** Meters kept in {@code registry}. */
  public Meters(MeterRegistry registry) {
    this.registry = registry;
    this.routes = new Labels<>(ROUTES, route -> new RouteMeters(registry, route));
    this.upstreams = new Labels<>(PROVIDERS, provider -> new UpstreamMeters(registry, provider));
    this.reasons =
        new Labels<>(REASONS, token -> counter("cc.relay.reasons", "Decisions", "reason", token));
    this.cacheFailures =
        new Labels<>(
            REASONS,
            token ->
                counter("cc.relay.cache.failures", "Cache operations failed", "reason", token));
    for (var outcome : CacheOutcome.values()) {
      answers.put(outcome, new OutcomeMeters(duration(outcome)));
    }
    this.models = new Labels<>(MODELS, model -> new ModelMeters(registry, model));
    this.tokens = new TokenMeters(registry);
    for (var result : SnapshotResult.values()) {
      snapshots.put(
          result,
          counter("cc.relay.cache.snapshots", "Snapshots of the store", "result", result.token()));
    }
    this.repeated =
        counter("cc.relay.requests.repeated", "Requests answered by their bytes, without reading");
    this.reloads = counter("cc.relay.config.reloads", "Reloads", "result", "ok");
    this.failedReloads = counter("cc.relay.config.reloads", "Reloads", "result", "failed");
  }

  /** The registry behind, for gauges of other rooms and for exposition. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Tells {@code listener} of every answer from now on, on the context that gave it. */
  public void onAnswered(Consumer<Answered> listener) {
    listeners.add(listener);
  }

  /** A request was answered. */
  public void answered(Answered answered) {
    count(tally(answered), answered);
  }

  /**
   * Counts each request that is answered as {@code first} was, without being read; told of the
   * nanoseconds each took. What they count under is looked up here, once for all of them.
   */
  public LongConsumer repeating(Answered first) {
    Tally tally = tally(first);
    return nanos -> {
      repeated.increment();
      count(tally, first.again(nanos));
    };
  }

  /** A decision was taken for the reason {@code token}, of a closed set. */
  public void reason(String token) {
    reasons.at(token).increment();
  }

  /**
   * An upstream exchange ended.
   *
   * @param provider its origin, such as {@code https://api.anthropic.com}
   * @param result {@code ok} or the token of a failure
   * @param nanos from the request sent to the answer's end
   */
  public void upstream(String provider, String result, long nanos) {
    upstreams.at(provider).ended(result, nanos);
  }

  /**
   * A policy document counted tokens of a language model.
   *
   * @param dimensions names and values; only so many different ones are told apart
   */
  public void policyTokens(
      String namespace, List<Map.Entry<String, String>> dimensions, long prompt, long completion) {
    tokens.add(namespace, dimensions, prompt, completion);
  }

  /** A cache operation failed for the reason {@code token}, of a closed set. */
  public void cacheFailure(String token) {
    cacheFailures.at(token).increment();
  }

  /** An attempt to keep or to restore the store ended. */
  public void snapshot(SnapshotResult result) {
    Objects.requireNonNull(snapshots.get(result)).increment();
  }

  /** The configuration file was read anew; {@code accepted} tells whether it is now in use. */
  public void reloaded(boolean accepted) {
    (accepted ? reloads : failedReloads).increment();
  }

  /** Shows what {@code current} gives whenever the meters are read. */
  public void showStore(Supplier<Stats> current) {
    store = current;
    show("cc.relay.cache.entries", "Entries held", () -> store.get().keyCount());
    show("cc.relay.cache.used.bytes", "Memory held by entries", () -> store.get().bytesUsed());
    total("cc.relay.cache.evictions", "Entries given up for room", Stats::evictions);
    total("cc.relay.cache.hits", "Look-ups that found a value", Stats::hits);
    total("cc.relay.cache.misses", "Look-ups that found none", Stats::misses);
  }

  /** Shows {@code value} under {@code name} whenever the meters are read. */
  public void show(String name, String description, Supplier<? extends Number> value) {
    Gauge.builder(name, value::get).description(description).register(registry);
  }

  /** Shows which program this is, as a gauge of value 1. */
  public void showBuild(String version) {
    Gauge.builder("cc.relay.build.info", () -> 1)
        .description("Version of this program")
        .tag("version", version)
        .tag("java", Runtime.version().feature() + "")
        .register(registry);
  }

  /** The counters now. */
  public MeterSnapshot snapshot() {
    var requests = new EnumMap<CacheOutcome, Long>(CacheOutcome.class);
    answers.forEach((outcome, it) -> requests.put(outcome, it.count()));
    Map<String, ModelReading> byModel = models.read(ModelMeters::read);
    Usage saved =
        byModel.values().stream().map(ModelReading::saved).reduce(Usage.NONE, Usage::plus);
    return new MeterSnapshot(requests, byModel, saved);
  }

  /** How long answers took since this was asked last, by how they were given. */
  public Map<CacheOutcome, LatencyReading> latencies() {
    var readings = new EnumMap<CacheOutcome, LatencyReading>(CacheOutcome.class);
    answers.forEach((outcome, it) -> readings.put(outcome, it.latency()));
    return readings;
  }

  /** Exchanges with each provider since the process began, by result. */
  public Map<String, Map<String, Long>> upstreams() {
    return upstreams.read(UpstreamMeters::read);
  }

  private record Tally(LongAdder route, OutcomeMeters outcome, @Nullable ModelMeters model) {}

  private Tally tally(Answered answered) {
    return new Tally(
        routes.at(answered.route()).counter(answered.outcome(), answered.status()),
        Objects.requireNonNull(answers.get(answered.outcome())),
        answered.model().isEmpty() ? null : models.at(answered.model()));
  }

  private void count(Tally tally, Answered answered) {
    tally.route.increment();
    tally.outcome.answered(answered.nanos());
    if (tally.model != null) {
      tally.model.answered(answered);
    }
    for (var listener : listeners) {
      listener.accept(answered);
    }
  }

  private Timer duration(CacheOutcome outcome) {
    return Timer.builder("cc.relay.request.duration")
        .description("Time from the head of a request to the end of its answer")
        .tag("outcome", outcome.token())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private LongAdder counter(String name, String description, String... labels) {
    var counter = new LongAdder();
    FunctionCounter.builder(name, counter, LongAdder::sum)
        .description(description)
        .tags(labels)
        .register(registry);
    return counter;
  }

  private void total(String name, String description, ToDoubleFunction<Stats> value) {
    FunctionCounter.builder(name, this, it -> value.applyAsDouble(it.store.get()))
        .description(description)
        .register(registry);
  }
}
