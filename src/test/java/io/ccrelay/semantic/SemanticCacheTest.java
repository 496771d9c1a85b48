package io.ccrelay.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.SemanticOptions.Audit;
import io.ccrelay.semantic.VectorIndex.Item;
import io.ccrelay.semantic.VectorIndex.Neighbour;
import io.ccrelay.semantic.guard.StandardVetoes;
import io.ccrelay.semantic.index.FlatIndex;
import io.ccrelay.testing.FakeClock;
import io.ccrelay.testing.FakeEmbedder;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("One account for all who look for similar questions")
class SemanticCacheTest {

  private static final Work AT_ONCE =
      new Work() {
        @Override
        public <T> Future<T> call(Callable<T> task) {
          try {
            return Future.succeededFuture(task.call());
          } catch (Exception failure) {
            return Future.failedFuture(failure);
          }
        }
      };

  private final FakeClock clock = new FakeClock();
  private final FakeEmbedder embedder = new FakeEmbedder();

  private SemanticCache.Parts parts() {
    return new SemanticCache.Parts(
        embedder,
        new FlatIndex(new FlatIndex.Bounds(100, 100, 100)),
        new StandardVetoes(),
        AT_ONCE,
        AnswerMeasure.EQUALITY,
        clock,
        new Random(1));
  }

  private SemanticCache cache(Audit audit) {
    return new SemanticCache(options(audit), parts());
  }

  private static SemanticOptions options(Audit audit) {
    var base = SemanticOptions.DEFAULTS;
    return new SemanticOptions(
        true,
        SemanticOptions.Mode.SHADOW,
        0.7,
        base.rewordedSimilarity(),
        1,
        3,
        2000,
        base.deadline(),
        base.index(),
        audit,
        base.embedder(),
        base.comparison());
  }

  private static Question question(String text) {
    return new Question(Key.of("partition"), "somebody", text);
  }

  private Instant later() {
    return clock.instant().plusSeconds(60);
  }

  private static Optional<Neighbour> nearest(SemanticCache cache, String text) {
    return cache.nearest(question(text), 0.3).await();
  }

  @Test
  void lookUpsOfPoliciesCountLikeAnyOther() {
    SemanticCache cache = cache(Audit.DEFAULTS);
    cache.remember(question("What is the capital of Kenya?"), Key.of("entry"), later()).await();
    assertTrue(nearest(cache, "what is the capital of kenya").isPresent());
    assertFalse(nearest(cache, "What is the capital of Chad?").isPresent());
    assertFalse(nearest(cache, "How do lions sleep?").isPresent());
    embedder.fail(EmbeddingException.Reason.TIMEOUT);
    assertFalse(nearest(cache, "Why do lions sleep?").isPresent());
    SemanticReport report = cache.report();
    assertEquals(4, report.asked());
    assertEquals(1, report.matched());
    assertEquals(1, report.served());
    assertEquals(1, report.absences().get("vetoed"));
    assertEquals(1, report.absences().get("nothing-near"));
    assertEquals(1, report.absences().get("no-embedding"));
  }

  @Test
  void theBoundHoldsForPoliciesAndForAllWhoShareTheAccount() {
    var audit = new Audit(0, Optional.of(0.5), 0.95, 0);
    SemanticCache cache = cache(audit);
    SemanticCache other = SemanticCache.sharing(cache, options(audit), parts());
    var item = new Item(Key.of("entry"), "What is the capital of Kenya?", "somebody", later());
    other.remember(question(item.text()), item.entry(), later()).await();
    assertFalse(nearest(other, "what is the capital of kenya").isPresent());
    assertEquals(1, cache.report().matched());
    assertEquals(0, cache.report().served());
    for (int i = 0; i < 20; i++) {
      cache.label(item, item.text(), "Nairobi", "Nairobi").await();
    }
    assertTrue(nearest(other, "what is the capital of kenya").isPresent());
    assertEquals(1, cache.report().served());
  }

  @Test
  void labelsGoOnInAnotherProcessOfTheSameSettings() {
    SemanticCache before = cache(Audit.DEFAULTS);
    var item = new Item(Key.of("entry"), "What is the capital of Kenya?", "somebody", later());
    before.label(item, item.text(), "Nairobi", "Mombasa").await();
    SemanticCache after = cache(Audit.DEFAULTS);
    assertTrue(after.restoreLabels(before.labels()));
    assertEquals(1, after.report().wrong());
    assertEquals(1, after.report().quarantined());
    after.remember(question(item.text()), item.entry(), later()).await();
    assertFalse(nearest(after, "what is the capital of kenya").isPresent());
    assertEquals(1, after.report().absences().get("quarantined"));
    assertFalse(after.restoreLabels(new byte[] {1, 2, 3}));
  }

  /** Counts what a look-up costs: embeddings, searches, tasks, questions judged. */
  private final class Scales {
    private final FlatIndex index = new FlatIndex(new FlatIndex.Bounds(1000, 1000, 1000));
    private final CountedIndex counted = new CountedIndex(index);
    private final AtomicInteger tasks = new AtomicInteger();
    private final AtomicInteger compared = new AtomicInteger();
    private final SemanticCache cache =
        new SemanticCache(
            options(Audit.DEFAULTS),
            new SemanticCache.Parts(
                embedder,
                counted,
                (asked, stored, similarity) -> {
                  compared.incrementAndGet();
                  return new StandardVetoes().between(asked, stored);
                },
                new Work() {
                  @Override
                  public <T> Future<T> call(Callable<T> task) {
                    tasks.incrementAndGet();
                    return AT_ONCE.call(task);
                  }
                },
                AnswerMeasure.EQUALITY,
                clock,
                new Random(1)));

    /** What one look-up of {@code scope} does. */
    List<Long> weigh(String scope, String text) {
      List<Long> before = readings();
      cache.ask(question(scope, text)).await();
      List<Long> after = readings();
      return IntStream.range(0, before.size()).mapToObj(i -> after.get(i) - before.get(i)).toList();
    }

    private List<Long> readings() {
      return List.of(
          (long) embedder.asked(), counted.searches(), (long) tasks.get(), (long) compared.get());
    }
  }

  private static Question question(String scope, String text) {
    return new Question(Key.of("partition of " + scope), scope, text);
  }

  @Test
  void aLookUpDoesTheSameWorkWhateverOthersHold() {
    var alone = new Scales();
    List<String> own = List.of("How do lions sleep?", "What is the capital of Chad?");
    own.forEach(text -> keep(alone.cache, "mine", text));
    List<String> probes =
        List.of(
            "What is the capital of Kenya?", "what is the capital of chad", "Why do cats purr?");
    List<List<Long>> expected = probes.stream().map(it -> alone.weigh("mine", it)).toList();

    var among = new Scales();
    own.forEach(text -> keep(among.cache, "mine", text));
    for (int i = 0; i < 200; i++) {
      keep(
          among.cache, "theirs", "What is the capital of Kenya, please, for the " + i + "th time?");
    }
    for (String probe : probes) {
      keep(among.cache, "theirs", probe);
      among.cache.ask(question("theirs", probe)).await();
    }
    assertEquals(expected, probes.stream().map(it -> among.weigh("mine", it)).toList());
    assertEquals(List.of(1L, 1L, 1L), expected.getFirst().subList(0, 3));
  }

  private void keep(SemanticCache cache, String scope, String text) {
    assertTrue(cache.remember(question(scope, text), Key.of(scope + text), later()).await());
  }
}
