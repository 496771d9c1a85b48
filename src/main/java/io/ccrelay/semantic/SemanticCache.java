package io.ccrelay.semantic;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Finding.Absence;
import io.ccrelay.semantic.VectorIndex.Added;
import io.ccrelay.semantic.VectorIndex.Item;
import io.ccrelay.semantic.VectorIndex.Neighbour;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * Finds stored answers to similar questions, and keeps the account of how often that is wrong. Safe
 * for use from any context. No future of it fails: what goes wrong is a miss and a count.
 */
public final class SemanticCache {

  /** Neighbours that are looked at: the nearest may be vetoed and the next one fit. */
  private static final int CANDIDATES = 8;

  private final SemanticOptions options;
  private final Embedder embedder;
  private final VectorIndex index;
  private final Work work;
  private final AnswerMeasure measure;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Vetoes vetoes;
  private final Standing standing;
  private final MatchDecision decision;
  private final SemanticCounts counts;
  private final RecentEmbeddings recent = new RecentEmbeddings();

  /**
   * What a semantic cache works with.
   *
   * @param work carries searches
   * @param random chooses the audits
   */
  public record Parts(
      Embedder embedder,
      VectorIndex index,
      Vetoes vetoes,
      Work work,
      AnswerMeasure measure,
      InstantSource clock,
      RandomGenerator random) {}

  /** A semantic cache over {@code parts} with an account of its own. */
  public SemanticCache(SemanticOptions options, Parts parts) {
    this(options, parts, new SemanticCounts(), new Standing(options.audit()));
  }

  /** One that keeps the account of {@code other}: they count, label and are bound together. */
  public static SemanticCache sharing(SemanticCache other, SemanticOptions options, Parts parts) {
    return new SemanticCache(options, parts, other.counts, other.standing);
  }

  private SemanticCache(
      SemanticOptions options, Parts parts, SemanticCounts counts, Standing standing) {
    this.options = options;
    this.embedder = parts.embedder();
    this.index = parts.index();
    this.work = parts.work();
    this.measure = parts.measure();
    this.clock = parts.clock();
    this.random = parts.random();
    this.vetoes = parts.vetoes();
    this.counts = counts;
    this.standing = standing;
    this.decision = new MatchDecision(options, vetoes, standing);
  }

  /** The options it works by. */
  public SemanticOptions options() {
    return options;
  }

  /** Looks for an answer to {@code question}. */
  public Future<Finding> ask(Question question) {
    counts.asked.increment();
    Key partition = partition(question.partition());
    return embed(partition, question.text())
        .compose(embedding -> work.call(() -> find(partition, question.text(), embedding)))
        .recover(this::absent)
        .onSuccess(counts::found);
  }

  private Finding find(Key partition, String text, Embedding embedding) {
    List<Neighbour> neighbours =
        index.nearest(partition, embedding, CANDIDATES, options.minSimilarity(), clock.instant());
    return decision.decide(partition, text, neighbours, random.nextDouble());
  }

  /**
   * Remembers that {@code entry} holds the answer to {@code question} until {@code until}.
   *
   * @return whether it will be found
   */
  public Future<Boolean> remember(Question question, Key entry, Instant until) {
    if (question.text().length() > options.maxQuestion()) {
      return Future.succeededFuture(false);
    }
    Key partition = partition(question.partition());
    var item = new Item(entry, question.text(), question.scope(), until);
    return embed(partition, question.text())
        .compose(
            embedding -> work.call(() -> index.add(partition, embedding, item, clock.instant())))
        .map(added -> added == Added.ADDED)
        .onSuccess(added -> (added ? counts.remembered : new LongAdder()).increment())
        .recover(failure -> {
          counts.failed(failure);
          return Future.succeededFuture(false);
        });
  }

  /**
   * Takes note of an entry that somebody else stored, for listeners to a shared store.
   *
   * @return whether it will be found
   */
  public Future<Boolean> saw(Key entry, Question question, Instant until) {
    return work.call(() -> index.holds(entry))
        .compose(held -> held ? Future.succeededFuture(true) : remember(question, entry, until))
        .otherwise(false);
  }

  /**
   * The nearest question within a distance that may be served, for callers with a threshold of
   * their own. Vetoes, quarantine and the bound hold here too, and it counts like any other
   * look-up; the mode and the labels an entry needs do not matter, and nothing is audited.
   *
   * @param maxDistance one minus the cosine, from 0 to 1
   */
  public Future<Optional<Neighbour>> nearest(Question question, double maxDistance) {
    counts.asked.increment();
    Key partition = partition(question.partition());
    return embed(partition, question.text())
        .compose(embedding ->
            work.call(() ->
                decision.within(
                    partition,
                    question.text(),
                    index.nearest(
                        partition, embedding, CANDIDATES, 1 - maxDistance, clock.instant()))))
        .recover(this::absent)
        .onSuccess(counts::found)
        .map(finding ->
            finding instanceof Finding.Serve(Item item, double similarity)
                ? Optional.of(new Neighbour(item, similarity))
                : Optional.empty());
  }

  /**
   * The question of the partition that a look-up would decide for, else the most similar one, and
   * all that speaks against its answer, for explanations: neither counted nor served.
   */
  public Future<Optional<Likeness>> likest(Question question) {
    Key partition = partition(question.partition());
    return embed(partition, question.text())
        .compose(embedding ->
            work.call(() ->
                index.nearest(partition, embedding, CANDIDATES, -1, clock.instant()).stream()
                    .map(near -> likeness(partition, question.text(), near))
                    .reduce((best, next) -> !best.fits() && next.fits() ? next : best)))
        .otherwise(Optional.empty());
  }

  private Likeness likeness(Key partition, String text, Neighbour near) {
    Key entry = near.item().entry();
    return new Likeness(
        entry,
        near.similarity(),
        vetoes.between(
            new Vetoes.Partition(partition), text, near.item().text(), near.similarity()),
        near.similarity() < options.minSimilarity(),
        standing.isQuarantined(entry),
        decision.withheld(entry));
  }

  /** The entry of {@code item} is gone: it is not found any more. */
  public void forget(Key entry) {
    index.remove(entry);
  }

  /**
   * Compares the answer that would have been served, or was, with the true one, and takes note.
   *
   * @return whether they say the same; empty if that cannot be told
   */
  public Future<Optional<Boolean>> label(Item item, String question, String stored, String fresh) {
    return measure
        .same(question, stored, fresh)
        .onSuccess(same -> standing.label(item.entry(), same))
        .map(Optional::of)
        .recover(failure -> {
          counts.failed(failure);
          return Future.succeededFuture(Optional.empty());
        });
  }

  /** All labels, in a form for {@link #restoreLabels}. */
  public byte[] labels() {
    return standing.record().encode(LabelRecord.basis(embedder, options));
  }

  /**
   * Goes on from labels of an earlier process.
   *
   * @return whether they were taken: they are whole, and of the same embedder, least similarity and
   *     way to compare answers
   */
  public boolean restoreLabels(byte[] labels) {
    Optional<LabelRecord> before =
        LabelRecord.decode(LabelRecord.basis(embedder, options), labels, Standing.MOST_ENTRIES);
    before.ifPresent(standing::restore);
    return before.isPresent();
  }

  /** The counters now. */
  public SemanticReport report() {
    return SemanticReport.of(options, index, standing, counts);
  }

  /** Releases the embedder. */
  public Future<Void> close() {
    return embedder.close();
  }

  private Future<Embedding> embed(Key partition, String text) {
    if (text.isBlank() || text.length() > options.maxQuestion()) {
      return Future.failedFuture(new EmbeddingException(EmbeddingException.Reason.UNSUITABLE));
    }
    return recent
        .of(partition, text)
        .map(Future::succeededFuture)
        .orElseGet(() ->
            Future.succeededFuture(text)
                .compose(embedder::embed)
                .onSuccess(embedding -> recent.keep(partition, text, embedding)));
  }

  private Future<Finding> absent(Throwable failure) {
    counts.failed(failure);
    return Future.succeededFuture(new Finding.Nothing(Absence.NO_EMBEDDING));
  }

  /** The caller's partition and the model: vectors of two models never meet. */
  private Key partition(Key asked) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(embedder.identity().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(asked.bytes().asByteBuffer());
      return Key.ofDigest(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
