package io.ccrelay.proxy.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a connection holds back for its peer is given back when the connection ends. It lies outside
 * the heap, where no collection finds it.
 */
@DisplayName("Connections that end while they are held back leave no memory behind")
class LeftBehindMemoryTest {

  private static final int AT_ONCE = 16;
  private static final long BOUND = 4 << 20;
  private static final long PATIENCE_NANOS = 100_000_000;
  private static final byte[] PIECE = new byte[64 << 10];

  private final AtomicLong moved = new AtomicLong();
  private final RawServer backend = RawServer.following((exchange, _) -> exchange.ok("x"));
  private final Relays relay =
      Relays.start(
          """
          server: {listen: "127.0.0.1:0"}
          apis:
            - {name: web, path: /, backend: '%s'}
          """
              .formatted(backend.origin()));

  @AfterEach
  void stop() {
    relay.close();
    backend.close();
  }

  @Test
  void ofClientsThatDoNotReadAndLeave() throws IOException {
    backend.follow((exchange, _) -> {
      exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
      while (true) {
        exchange.write(PIECE);
        moved.addAndGet(PIECE.length);
      }
    });
    assertNothingIsLeftBy(() -> {
      List<Socket> clients = clients("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      awaitStandstill();
      leave(clients);
    });
  }

  @Test
  void ofBackendsThatDoNotReadAndLeave() throws IOException {
    assertNothingIsLeftBy(() -> {
      var leaving = new CountDownLatch(1);
      backend.follow((exchange, _) -> {
        await(leaving);
        exchange.reset();
      });
      List<Socket> clients =
          clients("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      clients.forEach(client -> Thread.ofVirtual().start(() -> upload(client)));
      awaitStandstill();
      leaving.countDown();
      relay.awaitIdle();
      leave(clients);
    });
  }

  /** Something that a test does many times. */
  private interface Round {
    void run() throws IOException;
  }

  /** The first round brings in what the process keeps for itself. */
  private void assertNothingIsLeftBy(Round round) throws IOException {
    round.run();
    long before = outsideHeap();
    round.run();
    round.run();
    long grown = outsideHeap() - before;
    assertTrue(grown < BOUND, "bytes left by " + 2 * AT_ONCE + " connections: " + grown);
  }

  private long outsideHeap() {
    relay.awaitIdle();
    Waiting.until(() -> relay.connections.open() == 0, "the end of all connections");
    long used = PlatformDependent.usedDirectMemory();
    assertTrue(used >= 0, "memory outside the heap is not counted");
    return used;
  }

  private List<Socket> clients(String head) throws IOException {
    var clients = new ArrayList<Socket>();
    for (int i = 0; i < AT_ONCE; i++) {
      var client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
      client.getOutputStream().write(head.getBytes(US_ASCII));
      clients.add(client);
    }
    return clients;
  }

  private void upload(Socket client) {
    try {
      var out = client.getOutputStream();
      while (true) {
        out.write("10000\r\n".getBytes(US_ASCII));
        out.write(PIECE);
        out.write("\r\n".getBytes(US_ASCII));
        moved.addAndGet(PIECE.length);
      }
    } catch (IOException over) {
      // The relay has closed the connection, or the test has.
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until all that may be held back is held back. */
  private void awaitStandstill() {
    long begun = moved.get();
    Waiting.until(
        () -> {
          long before = moved.get();
          LockSupport.parkNanos(PATIENCE_NANOS);
          return moved.get() == before && before > begun;
        },
        "a standstill");
  }

  private static void leave(List<Socket> clients) throws IOException {
    for (Socket client : clients) {
      client.setSoLinger(true, 0);
      client.close();
    }
  }
}
