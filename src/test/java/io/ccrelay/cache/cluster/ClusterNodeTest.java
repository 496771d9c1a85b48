package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.ClusterReport.State;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Waiting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes that find each other, share a map, and leave. */
class ClusterNodeTest {

  private static final Key KEY = Key.of("key");

  @Test
  void aNodeThatLacksMembersStartsAndServesNothingUntilTheyCome() {
    try (var nodes = new TestNodes(2)) {
      var one = nodes.start(0, nodes.options(0, 2, ""));
      assertEquals(State.LACKING, one.node().report().state());
      var refused =
          Await.failure(StoreUnavailableException.class, one.store().set(KEY, Bytes.utf8("v")));
      assertEquals(Reason.QUORUM, refused.reason());

      var two = nodes.start(1, nodes.options(1, 2, ""));

      Waiting.until(() -> one.node().report().state() == State.COMPLETE, "both are there");
      assertEquals(2, two.node().report().members().size());
      Await.result(one.store().set(KEY, Bytes.utf8("v")));
      assertEquals(Optional.of(Bytes.utf8("v")), Await.result(two.store().get(KEY)));
      assertEquals(Await.result(secret(one)), Await.result(secret(two)));
    }
  }

  @Test
  void aNodeAloneThatExpectedOthersServesAndSaysSo() {
    try (var nodes = new TestNodes(2)) {
      var one = nodes.start(0);

      assertEquals(State.ALONE, one.node().report().state());
      Await.result(one.store().set(KEY, Bytes.utf8("v")));
      assertEquals(Optional.of(Bytes.utf8("v")), Await.result(one.store().get(KEY)));
    }
  }

  @Test
  void whatOneNodeWroteSurvivesThatItLeaves() {
    try (var nodes = new TestNodes(3)) {
      var one = nodes.start(0);
      var two = nodes.start(1);
      for (int i = 0; i < 100; i++) {
        Await.result(one.store().set(Key.of("key " + i), Bytes.utf8("v" + i)));
      }
      var three = nodes.start(2);
      Waiting.until(() -> three.node().report().members().size() == 3, "three members");

      one.stop();

      Waiting.until(() -> two.node().report().members().size() == 2, "two members");
      for (int i = 0; i < 100; i++) {
        assertEquals(
            Optional.of(Bytes.utf8("v" + i)), Await.result(three.store().get(Key.of("key " + i))));
      }
    }
  }

  @Test
  void whatWasStoredBeforeStaysWhenANodeThatBeganAloneIsFound() {
    try (var nodes = new TestNodes(2)) {
      var one = nodes.start(0);
      for (int i = 0; i < 100; i++) {
        Await.result(one.store().set(Key.of("key " + i), Bytes.utf8("v" + i)));
      }
      var two = nodes.start(1, nodes.withoutPeers(1));
      assertEquals(1, two.node().report().members().size());

      Waiting.until(() -> one.node().report().members().size() == 2, "the two have met");

      Waiting.until(
          () -> two.node().report().lastMerge().isPresent(), "it was a merge, not a join");
      var keys = IntStream.range(0, 100).mapToObj(i -> Key.of("key " + i)).toList();
      Waiting.until(
          () -> Await.result(two.store().getAll(keys)).size() == 100,
          "everything is found from the other node");
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    try (var nodes = new TestNodes(1)) {
      var _ = nodes.start(0);
      var failure = assertThrows(UncheckedIOException.class, () -> nodes.start(0));
      assertTrue(failure.getMessage().contains("cache.olric.bind_addr"), failure.getMessage());
    }
  }

  @Test
  void whatIsHeldNearIsForgottenWhenAnotherNodeChangesIt() {
    var pair = new Pair();
    Store here = pair.store();
    Store there = pair.other();
    for (int i = 0; i < 50; i++) {
      Bytes value = Bytes.utf8("value " + i);
      Await.result((i % 2 == 0 ? here : there).set(KEY, value));
      assertEquals(Optional.of(value), Await.result(here.get(KEY)));
      assertEquals(Optional.of(value), Await.result(there.get(KEY)));
    }
    Await.result(here.delete(KEY));
    assertEquals(Optional.empty(), Await.result(there.get(KEY)));
    assertEquals(Optional.empty(), Await.result(here.get(KEY)));
    pair.end();
  }

  @Test
  void aHotValueIsTheSameObjectEachTime() {
    var pair = new Pair();
    Store store = pair.store();
    Await.result(store.set(KEY, Bytes.utf8("value"), Duration.ofMinutes(1)));
    Bytes first = Await.result(store.get(KEY)).orElseThrow();
    assertTrue(first == Await.result(store.get(KEY)).orElseThrow());
    Await.result(store.set(KEY, Bytes.utf8("other"), Duration.ofMinutes(1)));
    assertNotEquals(first, Await.result(store.get(KEY)).orElseThrow());
    pair.end();
  }

  private static io.vertx.core.Future<Bytes> secret(TestNodes.Started node) {
    return io.vertx.core.Future.fromCompletionStage(node.node().scopeSecret());
  }
}
