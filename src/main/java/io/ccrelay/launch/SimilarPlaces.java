package io.ccrelay.launch;

import io.ccrelay.cache.Key;
import io.ccrelay.policy.run.Prompt;
import io.ccrelay.policy.run.Surroundings.Backend;
import io.ccrelay.proxy.policy.SimilarPrompts;
import io.ccrelay.semantic.AnswerMeasure;
import io.ccrelay.semantic.Question;
import io.ccrelay.semantic.SemanticCache;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.VectorIndex;
import io.ccrelay.semantic.VectorIndex.Neighbour;
import io.ccrelay.semantic.embedding.HttpEmbedder;
import io.ccrelay.semantic.embedding.Workers;
import io.ccrelay.semantic.guard.StandardVetoes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The prompts of policy documents: those of each embeddings backend have a semantic cache of their
 * own, all others share the relay's, if it is on. Safe for use from any context.
 */
final class SimilarPlaces implements SimilarPrompts {

  /** Further backends, of configurations that came later, have no cache until a restart. */
  private static final int MOST_BACKENDS = 32;

  /** What was opened for a backend; {@code token} is the last one that a request had for it. */
  private record Opened(SemanticCache cache, Workers workers, AtomicReference<String> token) {}

  private final Vertx vertx;
  private final Supplier<SemanticOptions> options;
  private final Supplier<Optional<SemanticCache>> shared;
  private final Function<SemanticOptions.Index, VectorIndex> indexes;
  private final InstantSource clock;
  private final Map<Backend, Opened> opened = new HashMap<>();
  private boolean closed;

  SimilarPlaces(
      Vertx vertx,
      Supplier<SemanticOptions> options,
      Supplier<Optional<SemanticCache>> shared,
      Function<SemanticOptions.Index, VectorIndex> indexes,
      InstantSource clock) {
    this.vertx = vertx;
    this.options = options;
    this.shared = shared;
    this.indexes = indexes;
    this.clock = clock;
  }

  @Override
  public Future<Optional<Key>> nearest(Prompt prompt, double maxDistance) {
    return place(prompt)
        .map(cache -> cache.nearest(question(prompt), maxDistance))
        .orElseGet(() -> Future.succeededFuture(Optional.<Neighbour>empty()))
        .map(near -> near.map(it -> it.item().entry()));
  }

  @Override
  public Future<Boolean> remember(Prompt prompt, Key entry, Instant until) {
    return place(prompt)
        .map(cache -> cache.remember(question(prompt), entry, until))
        .orElseGet(() -> Future.succeededFuture(false));
  }

  @Override
  public void forget(Prompt prompt, Key entry) {
    place(prompt).ifPresent(cache -> cache.forget(entry));
  }

  private static Question question(Prompt prompt) {
    return new Question(prompt.partition(), prompt.scope(), prompt.text());
  }

  private Optional<SemanticCache> place(Prompt prompt) {
    return prompt.embeddings().isEmpty()
        ? shared.get()
        : at(prompt.embeddings().get(), prompt.token());
  }

  private synchronized Optional<SemanticCache> at(Backend backend, Optional<String> token) {
    Opened known = opened.get(backend);
    if (known == null && !closed && opened.size() < MOST_BACKENDS) {
      known = open(backend);
      opened.put(backend, known);
    }
    if (known != null) {
      token.ifPresent(known.token::set);
    }
    return Optional.ofNullable(known).map(Opened::cache);
  }

  private Opened open(Backend backend) {
    SemanticOptions of = options.get();
    var workers = new Workers(vertx, of.embedder().workers(), of.embedder().queue(), of.deadline());
    var token = new AtomicReference<>("");
    var parts =
        new SemanticCache.Parts(
            HttpEmbedder.at(
                vertx,
                backend.url().toString(),
                () -> headers(backend, token.get()),
                of.deadline()),
            indexes.apply(of.index()),
            new StandardVetoes(),
            workers,
            AnswerMeasure.EQUALITY,
            clock,
            new SplittableRandom());
    SemanticCache cache =
        shared
            .get()
            .map(account -> SemanticCache.sharing(account, of, parts))
            .orElseGet(() -> new SemanticCache(of, parts));
    return new Opened(cache, workers, token);
  }

  private static Map<String, String> headers(Backend backend, String token) {
    if (token.isEmpty()) {
      return backend.headers();
    }
    var headers = new HashMap<>(backend.headers());
    headers.put("Authorization", "Bearer " + token);
    return headers;
  }

  /** Releases what was opened. */
  Future<Void> close() {
    List<Opened> all = take();
    all.forEach(each -> each.workers().close());
    return Future.join(all.stream().map(each -> each.cache().close()).toList()).mapEmpty();
  }

  private synchronized List<Opened> take() {
    closed = true;
    List<Opened> all = List.copyOf(opened.values());
    opened.clear();
    return all;
  }
}
