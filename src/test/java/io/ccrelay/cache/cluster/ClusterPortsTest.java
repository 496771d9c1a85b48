package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
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
  void garbageAndAnnouncedLengthsOnEveryPortLeaveANodeAsItWas() throws Exception {
    try (var nodes = new TestNodes(1)) {
      var one = nodes.start(0);
      Await.result(one.store().set(KEY, Bytes.utf8("v")));
      byte[] garbage = new byte[4096];
      new Random(7).nextBytes(garbage);
      byte[] longest = ByteBuffer.allocate(8).putInt(1_500_000_000).putInt(1).array();
      byte[] negative = ByteBuffer.allocate(8).putInt(-1).putInt(-1).array();
      for (int port = one.port(); port < one.port() + 4; port++) {
        for (byte[] content : new byte[][] {garbage, longest, negative, new byte[0]}) {
          send(port, content);
        }
      }
      assertEquals(Optional.of(Bytes.utf8("v")), Await.result(one.store().get(KEY)));
      Await.result(one.store().set(KEY, Bytes.utf8("w")));
      assertEquals(1, one.node().report().members().size());
    }
  }

  private static void send(int port, byte[] content) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(100);
      socket.getOutputStream().write(content);
      socket.getOutputStream().flush();
      var _ = socket.getInputStream().read();
    } catch (IOException closedOrSilent) {
      // Either is an answer.
    }
  }
}
