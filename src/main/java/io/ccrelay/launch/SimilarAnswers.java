package io.ccrelay.launch;

import io.ccrelay.cache.Arrivals;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.metrics.Meters;
import io.ccrelay.semantic.SemanticCache;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.SemanticReport;
import io.ccrelay.semantic.StoredQuestion;
import io.ccrelay.semantic.embedding.Embedders;
import io.ccrelay.semantic.embedding.Workers;
import io.ccrelay.semantic.guard.StandardVetoes;
import io.ccrelay.semantic.index.FlatIndex;
import io.micrometer.core.instrument.FunctionCounter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** The semantic cache of a process and its life. Safe for use from any context. */
final class SimilarAnswers implements Arrivals {

  private final Vertx vertx;
  private final Context context;
  private final InstantSource clock;
  private final Meters meters;
  private final AtomicReference<Optional<SemanticCache>> current =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Workers>> workers =
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

  /** Opens it if {@code options} switch it on. */
  Future<Void> open(SemanticOptions options) {
    if (!options.enabled()) {
      return Future.succeededFuture();
    }
    var pool =
        new Workers(
            vertx, options.embedder().workers(), options.embedder().queue(), options.deadline());
    workers.set(Optional.of(pool));
    return Embedders.open(vertx, options, pool)
        .onSuccess(embedder -> {
          var bounds =
              new FlatIndex.Bounds(
                  options.index().entries(),
                  options.index().perPartition(),
                  options.index().perScope());
          var parts =
              new SemanticCache.Parts(
                  embedder,
                  new FlatIndex(bounds),
                  new StandardVetoes(),
                  pool,
                  Embedders.measure(vertx, options, embedder, new StandardVetoes()),
                  clock,
                  new SplittableRandom());
          var opened = new SemanticCache(options, parts);
          current.set(Optional.of(opened));
          show(opened);
        })
        .mapEmpty();
  }

  @Override
  public void stored(Key key, Bytes value) {
    current
        .get()
        .ifPresent(opened ->
            EntryFormat.decode(value)
                .filter(entry -> StoredQuestion.of(entry.attributes()).isPresent())
                .ifPresent(entry -> context.runOnContext(_ -> saw(opened, key, entry))));
  }

  private static void saw(SemanticCache opened, Key key, Entry entry) {
    var _ = opened.saw(key, entry);
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
    workers.getAndSet(Optional.empty()).ifPresent(Workers::close);
    return current
        .getAndSet(Optional.empty())
        .map(SemanticCache::close)
        .orElseGet(Future::succeededFuture);
  }
}
