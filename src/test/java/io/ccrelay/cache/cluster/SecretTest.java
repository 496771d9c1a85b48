package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Waiting;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Members that prove they know a secret, on every port. */
class SecretTest {

  private static final Key KEY = Key.of("key");

  @Test
  void thoseWhoKnowTheSecretShareTheMapAndTheBus() {
    try (var nodes = new TestNodes(2)) {
      var one = nodes.start(0, nodes.options(0, 1, "the same secret"));
      var two = nodes.start(1, nodes.options(1, 1, "the same secret"));
      Waiting.until(() -> two.node().report().members().size() == 2, "two members");

      Waiting.until(
          () -> {
            Await.result(one.store().set(KEY, Bytes.utf8("v")));
            return Await.result(two.store().get(KEY)).isPresent();
          },
          "what one node wrote is read by the other");
      assertTrue(one.node().report().secured());

      var heard = new CopyOnWriteArrayList<String>();
      var consumer = one.vertx().eventBus().<String>consumer("address", m -> heard.add(m.body()));
      Await.result(consumer.completion());
      Waiting.until(
          () -> {
            two.vertx().eventBus().publish("address", "hello");
            return heard.contains("hello");
          },
          "the bus reaches the other node");
    }
  }

  @Test
  void aNodeWithAnotherSecretOrNoneStaysOutside() {
    try (var nodes = new TestNodes(3)) {
      var one = nodes.start(0, nodes.options(0, 1, "the secret"));
      var stranger = nodes.start(1, nodes.options(1, 1, "another secret"));
      var open = nodes.start(2, nodes.options(2, 1, ""));
      Await.result(one.store().set(KEY, Bytes.utf8("v")));

      assertEquals(1, one.node().report().members().size());
      assertEquals(1, stranger.node().report().members().size());
      assertEquals(1, open.node().report().members().size());
      assertEquals(Optional.empty(), Await.result(stranger.store().get(KEY)));
      assertEquals(Optional.empty(), Await.result(open.store().get(KEY)));
    }
  }
}
