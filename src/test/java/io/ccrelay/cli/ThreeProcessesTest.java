package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RelayProcesses;
import io.ccrelay.testing.RelayProcesses.Node;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three relays as processes of their own that share one cache. */
@Tag("slow")
@Tag("processes")
class ThreeProcessesTest {

  private static final int NODES = 3;

  @TempDir Path directory;

  private final Vertx vertx = Vertx.vertx();
  private RelayProcesses relays;
  private List<Node> nodes;
  private FakeUpstream upstream;

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start(vertx).always(FakeUpstream.whole(200, Chats.message("hello")));
    relays = new RelayProcesses(directory);
    for (int i = 0; i < NODES; i++) {
      var _ = relays.add();
    }
    nodes = relays.nodes();
    nodes.forEach(this::launch);
    for (Node node : nodes) {
      relays.until(() -> node.members() == NODES, 60, "three members at " + node);
    }
  }

  @AfterEach
  void stop() {
    relays.close();
    Await.result(vertx.close());
  }

  @Test
  void whatOneStoredTheOthersServeAlsoAfterAnyOneWasKilled() {
    for (int i = 0; i < 30; i++) {
      assertEquals("miss", nodes.get(i % NODES).ask(i));
    }
    for (int i = 0; i < 30; i++) {
      assertEquals("hit", nodes.get((i + 1) % NODES).ask(i), "question " + i);
    }
    Node coordinator = coordinator();
    coordinator.kill();
    var left = new ArrayList<>(nodes);
    left.remove(coordinator);
    for (int i = 0; i < 30; i++) {
      assertEquals("hit", left.get(i % 2).ask(i), "question " + i);
    }
    for (Node node : left) {
      relays.until(() -> node.members() == NODES - 1, 8, "two members at " + node);
    }
    launch(coordinator);
    relays.until(() -> coordinator.members() == NODES, 30, "the killed one is back");
    var question = new AtomicInteger();
    relays.until(
        () -> coordinator.ask(question.getAndIncrement() % 30).equals("hit"),
        5,
        "it serves what the others kept");
  }

  private Node coordinator() {
    String name = nodes.getFirst().report().getString("coordinator");
    return nodes.stream()
        .filter(node -> name.startsWith("127.0.0.1:" + node.cluster() + "/"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no node is " + name));
  }

  private void launch(Node node) {
    var _ =
        node.start(
            """
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
                secret: a secret of this test
            """
                .formatted(upstream.origin(), node.cluster(), relays.peersOf(node)));
  }
}
