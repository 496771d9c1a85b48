package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.CacheOptions.Cluster;
import io.ccrelay.cache.CacheOptions.Environment;
import io.ccrelay.cache.ClusterReport.State;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.LogCapture;
import io.ccrelay.testing.Waiting;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Settings of nodes that do not fit together: each is named, with what to do, and none is fatal.
 */
class UnequalNodesTest {

  private static final Key KEY = Key.of("key");

  @Test
  void settingsAndVersionsThatDifferAreNamedOnceAndInTheReport() {
    try (var nodes = new TestNodes(2);
        var log = LogCapture.start()) {
      var one = nodes.start(0);
      var two = nodes.start(1, different(nodes.options(1)), "another");
      Waiting.until(() -> two.node().report().members().size() == 2, "two members");
      two.node().exchangeNotes();
      one.node().exchangeNotes();
      one.node().exchangeNotes();

      String there = "node 127.0.0.1:" + two.port() + ": ";
      List<String> complaints = one.node().report().complaints();
      assertEquals(
          List.of(
              there + "cache.olric.dmap_name is test here and others there",
              there + "cache.olric.environment is LOCAL here and LAN there",
              there + "cache.olric.replica_count is 2 here and 1 there",
              there + "cache.olric.member_count_quorum is 1 here and 2 there",
              there + "the version is test here and another there"),
          complaints);
      for (String complaint : complaints) {
        assertEquals(1, lines(log, complaint + "; make them equal"), complaint);
      }
      Await.result(one.store().set(KEY, Bytes.utf8("v")));
      Await.result(two.store().set(KEY, Bytes.utf8("w")));
      assertEquals(Optional.of(Bytes.utf8("v")), Await.result(one.store().get(KEY)));
      assertEquals(Optional.of(Bytes.utf8("w")), Await.result(two.store().get(KEY)));
    }
  }

  private static CacheOptions different(CacheOptions options) {
    Cluster cluster = options.cluster();
    return TestNodes.options(
        new Cluster(
            true,
            cluster.bindAddr(),
            List.of(),
            "others",
            Environment.LAN,
            cluster.peers(),
            1,
            1,
            1,
            2,
            cluster.leaveTimeout(),
            ""));
  }

  @Test
  void aPeerThatIsTheNodeItselfIsIgnoredAndToldOf() {
    try (var nodes = new TestNodes(1);
        var log = LogCapture.start()) {
      var one = nodes.start(0, nodes.withPeers(0, nodes.membership(0)));

      assertEquals(1, lines(log, nodes.membership(0) + " is this node itself and is ignored"));
      Await.result(one.store().set(KEY, Bytes.utf8("v")));
      assertEquals(Optional.of(Bytes.utf8("v")), Await.result(one.store().get(KEY)));
    }
  }

  @Test
  void peersThatDoNotAnswerAreToldOfWithWhatToLookAt() {
    try (var nodes = new TestNodes(2);
        var log = LogCapture.start()) {
      var one = nodes.start(0, nodes.withPeers(0, nodes.membership(1), "name.invalid:3322"));

      assertEquals(State.ALONE, one.node().report().state());
      assertTrue(lines(log, "alone, though peers are configured") > 0);
      assertTrue(lines(log, "membership ports (bind_addr + 2)") > 0);
    }
  }

  @Test
  void aClientThatNamesAnotherMapIsToldWhichSettingDiffers() {
    try (var nodes = new TestNodes(1);
        var log = LogCapture.start()) {
      var one = nodes.start(0, nodes.withoutPeers(0));
      var client = RemoteStores.open(one.port(), "other");

      assertThrows(StoreUnavailableException.class, () -> Await.result(client.get(KEY)));
      assertTrue(lines(log, "not reached at [127.0.0.1:" + one.port() + "]") > 0);
      assertTrue(lines(log, "cache.olric.dmap_name differs") > 0, () -> log.lines().toString());
      Await.result(client.close());
    }
  }

  private static long lines(LogCapture log, String part) {
    return log.lines().stream().filter(line -> line.contains(part)).count();
  }
}
