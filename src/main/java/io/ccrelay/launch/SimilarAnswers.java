package io.ccrelay.launch;

import io.ccrelay.cache.Arrivals;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.metrics.Meters;
import io.ccrelay.semantic.SemanticCache;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.SemanticReport;
import io.ccrelay.semantic.StoredQuestion;
import io.ccrelay.semantic.VectorIndex;
import io.ccrelay.semantic.embedding.Embedders;
import io.ccrelay.semantic.embedding.Workers;
import io.ccrelay.semantic.guard.StandardVetoes;
import io.ccrelay.semantic.index.FlatIndex;
import io.micrometer.core.instrument.FunctionCounter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The semantic cache of a process and its life. Safe for use from any context. */
final class SimilarAnswers implements Arrivals {

  /** How long a question is left to the member that stored it, where the index is one for all. */
  private static final Duration LEFT_TO_THE_FIRST = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Context context;
  private final InstantSource clock;
  private final Meters meters;
  private final AtomicReference<Optional<SemanticCache>> current =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Workers>> workers =
      new AtomicReference<>(Optional.empty());

  private final AtomicReference<Optional<Backlog>> backlog =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<KeptLabels>> labels =
      new AtomicReference<>(Optional.empty());

  SimilarAnswers(Vertx vertx, InstantSource clock, Meters meters) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.clock = clock;
    this.meters = meters;
  }

  /** The semantic cache, if it is switched on and open. */
  Optional<SemanticCache> current() {
    return current.get();
  }

  /**
   * Opens it if {@code options} switch it on, with the labels kept where {@code kept} says.
   *
   * @param server makes the index of the Redis server of policies
   */
  Future<Void> open(
      SemanticOptions options,
      Optional<CacheOptions.Persistence> kept,
      Function<SemanticOptions.Index, VectorIndex> server) {
    if (!options.enabled()) {
      return Future.succeededFuture();
    }
    var pool =
        new Workers(
            vertx, options.embedder().workers(), options.embedder().queue(), options.deadline());
    workers.set(Optional.of(pool));
    return Embedders.open(vertx, options, pool)
        .onSuccess(embedder -> {
          var parts =
              new SemanticCache.Parts(
                  embedder,
                  index(options.index(), server),
                  new StandardVetoes(options.rewordedSimilarity()),
                  pool,
                  Embedders.measure(vertx, options, embedder, new StandardVetoes()),
                  clock,
                  new SplittableRandom());
          var opened = new SemanticCache(options, parts);
          backlog.set(Optional.of(backlog(opened, options.index())));
          current.set(Optional.of(opened));
          show(opened);
        })
        .compose(_ -> kept.map(this::keepLabels).orElseGet(Future::succeededFuture));
  }

  private Backlog backlog(SemanticCache opened, SemanticOptions.Index of) {
    Duration grace =
        switch (of.place()) {
          case MEMORY -> Duration.ZERO;
          case REDIS -> LEFT_TO_THE_FIRST;
        };
    return new Backlog(context, opened, of.entries(), grace);
  }

  private static VectorIndex index(
      SemanticOptions.Index of, Function<SemanticOptions.Index, VectorIndex> server) {
    return switch (of.place()) {
      case MEMORY ->
          new FlatIndex(new FlatIndex.Bounds(of.entries(), of.perPartition(), of.perScope()));
      case REDIS -> server.apply(of);
    };
  }

  private Future<Void> keepLabels(CacheOptions.Persistence where) {
    return KeptLabels.follow(vertx, where, current.get().orElseThrow())
        .onSuccess(it -> labels.set(Optional.of(it)))
        .mapEmpty();
  }

  @Override
  public void stored(Key key, Bytes value) {
    backlog
        .get()
        .ifPresent(waiting ->
            EntryFormat.decode(value)
                .flatMap(entry -> seen(key, entry))
                .ifPresent(seen -> context.runOnContext(_ -> waiting.add(seen))));
  }

  @Override
  public void gone(Key key) {
    backlog.get().ifPresent(waiting -> context.runOnContext(_ -> waiting.drop(key)));
    current.get().ifPresent(opened -> opened.forget(key));
  }

  private static Optional<Backlog.Seen> seen(Key key, Entry entry) {
    return StoredQuestion.of(entry.attributes())
        .map(question -> new Backlog.Seen(key, question, entry.storedAt().plus(entry.retention())));
  }

  private void show(SemanticCache opened) {
    meters.show(
        "cc.relay.semantic.entries", "Questions remembered", () -> opened.report().questions());
    meters.show(
        "cc.relay.semantic.used.bytes", "Memory of questions", () -> opened.report().bytes());
    meters.show(
        "cc.relay.semantic.wrong.bound",
        "Upper bound on wrong hits / hits, valid at every moment",
        () -> opened.report().bound());
    meters.show(
        "cc.relay.semantic.quarantined",
        "Entries that were wrong",
        () -> opened.report().quarantined());
    total(opened, "asked", "Questions looked for", SemanticReport::asked);
    total(opened, "matched", "Questions for which a stored answer fitted", SemanticReport::matched);
    total(opened, "served", "Stored answers served to similar questions", SemanticReport::served);
    total(opened, "labels", "Matches compared with a true answer", SemanticReport::labels);
    total(opened, "wrong", "Matches that were wrong", SemanticReport::wrong);
  }

  private void total(
      SemanticCache opened, String name, String text, ToDoubleFunction<SemanticReport> value) {
    FunctionCounter.builder(
            "cc.relay.semantic." + name, opened, it -> value.applyAsDouble(it.report()))
        .description(text)
        .register(meters.registry());
  }

  /** Releases it. */
  Future<Void> close() {
    backlog
        .getAndSet(Optional.empty())
        .ifPresent(waiting -> context.runOnContext(_ -> waiting.clear()));
    workers.getAndSet(Optional.empty()).ifPresent(Workers::close);
    return labels
        .getAndSet(Optional.empty())
        .map(KeptLabels::close)
        .orElseGet(Future::succeededFuture)
        .eventually(() ->
            current
                .getAndSet(Optional.empty())
                .map(SemanticCache::close)
                .orElseGet(Future::succeededFuture));
  }
}
