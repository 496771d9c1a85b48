package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Intruder;
import io.ccrelay.testing.RelayProcesses;
import io.ccrelay.testing.RelayProcesses.Node;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relays as processes of their own, and others that want in. */
@Tag("slow")
@Tag("processes")
class StrangersTest {

  private static final long MOST_GROWTH = 16L << 20;

  /** What a sender of a long message sends of it: more than the memory of the process. */
  private static final long FLOOD = 400L << 20;

  @TempDir Path directory;

  private final Vertx vertx = Vertx.vertx();
  private RelayProcesses relays;
  private FakeUpstream upstream;

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start(vertx).always(FakeUpstream.whole(200, Chats.message("hello")));
    relays = new RelayProcesses(directory);
  }

  @AfterEach
  void stop() {
    relays.close();
    Await.result(vertx.close());
  }

  @Test
  void aNodeWithoutTheSecretOrWithAnotherNeitherJoinsNorSeesAnythingAndBothSay() {
    Node one = relays.add();
    Node two = relays.add();
    Node another = relays.add();
    Node none = relays.add();
    var _ = launch(one, "secret: the secret");
    var _ = launch(two, "secret: the secret");
    relays.until(() -> one.members() == 2 && two.members() == 2, 60, "two members");
    assertEquals("miss", one.ask(1));
    assertEquals("hit", two.ask(1));

    var _ = launch(another, "secret: another secret");
    var _ = launch(none, "secret: ''");
    relays.until(() -> another.members() == 1 && none.members() == 1, 60, "alone");

    assertEquals("miss", another.ask(1));
    assertEquals("miss", none.ask(1));
    assertEquals(2, one.members());
    assertEquals(1, another.members());
    assertEquals(1, none.members());
    relays.until(
        () -> one.output().contains("has another cache.olric.secret"), 10, "the secret is named");
    relays.until(
        () -> one.output().contains("did not prove that it is a member"), 10, "its lack is named");
    relays.until(
        () -> another.output().contains("has another cache.olric.secret"), 10, "there too");
    assertFalse(one.output().contains("the secret of"), "no secret is told");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret: the secret", "secret: ''"})
  void garbageAndBombsOnEveryPortCostAProcessNothingButALine(String secret) {
    Node one = relays.add().withItsHeapTaken();
    var _ = launch(one, secret);
    relays.until(() -> one.members() == 1 && one.ready(), 60, "it serves");
    assertEquals("miss", one.ask(1));
    bombs(one, 1 << 20);
    long before = one.residentBytes();

    bombs(one, FLOOD);

    long grown = one.residentBytes() - before;
    assertTrue(grown < MOST_GROWTH, () -> "grown by " + (grown >> 20) + " MB");
    assertTrue(one.process().isAlive());
    assertEquals("hit", one.ask(1));
    relays.until(() -> keys(one) > 0, 10, "it tells what it holds");
    assertEquals(1, keys(one));
    assertFalse(one.output().contains("a gadget was read"), one::output);
    assertFalse(one.output().contains("\tat "), one::output);
    long lines = one.output().lines().filter(line -> line.contains("was turned away")).count();
    assertTrue(lines > 0 && lines < 10, one::output);
  }

  private static long keys(Node node) {
    return node.report().getJsonArray("members").getJsonObject(0).getLong("keys");
  }

  private static void bombs(Node node, long flood) {
    byte[][] bombs = {
      Intruder.garbage(4096),
      Intruder.gadget(),
      Intruder.length(Integer.MAX_VALUE),
      Intruder.length(1_500_000_000),
      Intruder.introducedLength(Integer.MAX_VALUE),
      Intruder.longHotRodKey("cc-relay"),
      Intruder.busFrame("io.ccrelay.cache", "nobody", Intruder.gadget())
    };
    for (int port = node.cluster(); port < node.cluster() + 4; port++) {
      for (byte[] bomb : bombs) {
        var _ = Intruder.send(port, bomb, flood);
        String what = "%d bytes at port %d".formatted(bomb.length, port - node.cluster());
        assertTrue(node.process().isAlive(), () -> what + '\n' + node.output());
      }
    }
  }

  /** The file says where the others are; {@code line} is one more of {@code cache.olric}. */
  private Node launch(Node node, String line) {
    return node.startFile(
        """
        server: {listen: "127.0.0.1:%d"}
        management: {listen: "127.0.0.1:%d"}
        providers:
          - {name: a, type: anthropic, enabled: true, base_url: "%s"}
        cache:
          mode: ha
          deadline: 2s
          olric:
            embedded: true
            bind_addr: "127.0.0.1:%d"
            peers: %s
            replica_count: 2
            %s
        """
            .formatted(
                node.port(),
                node.management(),
                upstream.origin(),
                node.cluster(),
                relays.peersOf(node),
                line));
  }
}
