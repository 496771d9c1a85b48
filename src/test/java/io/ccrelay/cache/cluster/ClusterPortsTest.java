package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.cluster.wire.BusWire;
import io.ccrelay.cache.cluster.wire.Wire;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Intruder;
import io.ccrelay.testing.LogCapture;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What strangers can do at the ports of a node. */
class ClusterPortsTest {

  private static final Key KEY = Key.of("key");

  @Test
  void clientsReachTheMapOfAnswersAndNoOther() {
    try (var nodes = new TestNodes(1)) {
      var one = nodes.start(0);
      Store answers = RemoteStores.open(one.port(), "test");
      Await.result(answers.set(KEY, Bytes.utf8("v")));
      assertEquals(Optional.of(Bytes.utf8("v")), Await.result(one.store().get(KEY)));

      for (String map : new String[] {"io.ccrelay.accord", "__vertx.nodeInfo", "absent"}) {
        Store other = RemoteStores.open(one.port(), map);
        assertThrows(StoreUnavailableException.class, () -> Await.result(other.get(KEY)), map);
        Await.result(other.close());
      }
      Await.result(answers.close());
    }
  }

  @Test
  void garbageAndAnnouncedLengthsOnEveryPortLeaveANodeAsItWas() {
    try (var nodes = new TestNodes(1)) {
      staysAsItWas(nodes.start(0));
    }
  }

  @Test
  void theSameLeavesANodeWithASecretAsItWas() {
    try (var nodes = new TestNodes(1)) {
      staysAsItWas(nodes.start(0, nodes.options(0, 1, "the secret")));
    }
  }

  private static void staysAsItWas(TestNodes.Started one) {
    Await.result(one.store().set(KEY, Bytes.utf8("v")));
    byte[][] attacks = {
      Intruder.garbage(4096),
      Intruder.length(1_500_000_000),
      Intruder.length(Integer.MAX_VALUE),
      Intruder.length(-1),
      Intruder.gadget(),
      Intruder.introducedLength(Integer.MAX_VALUE),
      Intruder.longHotRodKey("test"),
      new byte[0]
    };
    for (int port = one.port(); port < one.port() + 4; port++) {
      for (byte[] content : attacks) {
        var _ = Intruder.send(port, content, 0);
      }
    }
    assertEquals(0, Intruder.Gadget.READ.get());
    assertEquals(Optional.of(Bytes.utf8("v")), Await.result(one.store().get(KEY)));
    Await.result(one.store().set(KEY, Bytes.utf8("w")));
    assertEquals(1, one.node().report().members().size());
    assertEquals(1, Await.result(one.store().stats()).keyCount());
  }

  @Test
  void whoIsTurnedAwayIsToldOfWithCauseAndCureOncePerPortAndOffence() {
    try (var nodes = new TestNodes(2);
        var log = LogCapture.start()) {
      var open = nodes.start(0, nodes.withoutPeers(0));
      byte[] tls = {22, 3, 1, 0, 100, 1};
      for (int i = 0; i < 3; i++) {
        assertTrue(Intruder.send(open.port(), Intruder.garbage(100), 0));
        assertTrue(Intruder.send(open.port(), tls, 0));
        assertTrue(Intruder.send(open.port(), Intruder.longHotRodKey("test"), 0));
        assertTrue(Intruder.send(open.port() + 1, Intruder.length(Integer.MAX_VALUE), 1 << 20));
        assertTrue(Intruder.send(open.port() + 2, Intruder.garbage(100), 0));
      }
      told(log, open.port(), "did not speak Hot Rod", "cache.olric.addresses");
      told(log, open.port(), "it speaks TLS and this node does not", "cache.olric.secret");
      told(log, open.port() + 2, "sent what no member sends", "the same version");
      assertEquals(1, lines(log, "announced a longer message").size());

      var closed = nodes.start(1, nodes.options(1, 1, "the secret"));
      assertTrue(Intruder.send(closed.port(), Intruder.longHotRodKey("test"), 0));
      told(log, closed.port(), "does not speak TLS", "lacks the cache.olric.secret");
      assertTrue(Intruder.send(closed.port() + 1, Intruder.length(100), 0));
      assertTrue(Intruder.send(closed.port() + 2, Intruder.garbage(100), 0));
      assertEquals(1, lines(log, "does not speak TLS").size());
    }
  }

  private static void told(LogCapture log, int port, String cause, String cure) {
    Waiting.until(() -> !lines(log, cause).isEmpty(), cause);
    var lines = lines(log, cause);
    assertEquals(1, lines.size(), lines::toString);
    String line = lines.getFirst();
    assertTrue(line.contains("127.0.0.1 was turned away at port " + port + ":"), line);
    assertTrue(line.contains(cure), line);
  }

  private static List<String> lines(LogCapture log, String part) {
    return log.lines().stream().filter(line -> line.contains(part)).toList();
  }

  @Test
  void messagesOfStrangersOnTheBusReachNeitherTheCacheNorTheWiresOfMembers() {
    try (var nodes = new TestNodes(1);
        var log = LogCapture.start()) {
      var one = nodes.start(0, nodes.withoutPeers(0));
      var heard = new CopyOnWriteArrayList<String>();
      one.vertx().eventBus().localConsumer("cache", message -> heard.add("the cache"));
      var wire = new BusWire(one.vertx(), "purges", one.node().self(), one.node()::members);
      Await.result(wire.open(new Hearing(heard)));
      String address = "io.ccrelay.purges/" + one.node().self();
      byte[] body = Bytes.utf8("all").toArray();

      var _ = Intruder.send(one.port() + 1, Intruder.busFrame("cache", "nobody", body), 0);
      var _ = Intruder.send(one.port() + 1, Intruder.busFrame(address, "nobody", body), 0);

      Waiting.until(() -> !lines(log, "from nobody").isEmpty(), "a line");
      assertEquals(List.of(), heard);
      String line = lines(log, "from nobody").getFirst();
      assertTrue(line.contains("is no member"), line);
      assertTrue(line.contains("cache.olric.secret"), line);
    }
  }

  private record Hearing(List<String> heard) implements Wire.Listener {
    @Override
    public Future<Buffer> asked(String member, Buffer question) {
      heard.add(member);
      return Future.succeededFuture(question);
    }

    @Override
    public void told(String member, Buffer news) {
      heard.add(member);
    }
  }
}
