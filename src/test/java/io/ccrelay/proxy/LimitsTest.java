package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One below, at and above each limit. */
class LimitsTest {

  private static final int BODY = 20_000;

  private static GateServer server;
  private static GateServer large;

  @BeforeAll
  static void start() throws Exception {
    server =
        new GateServer(
            GateServer.limit(BODY),
            io.ccrelay.proxy.transport.Pace.TICK,
            new io.ccrelay.proxy.transport.Connections(100));
    large = new GateServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    large.close();
  }

  private static int status(String request) throws Exception {
    try (var client = server.client()) {
      return client.send(request).answer().orElseThrow().status();
    }
  }

  @ParameterizedTest
  @CsvSource({"8191, 200", "8192, 200", "8193, 414", "100000, 414"})
  void requestLine(int bytes, int status) throws Exception {
    String line = "GET /" + "a".repeat(bytes - 14) + " HTTP/1.1";
    assertEquals(bytes, line.length());
    assertEquals(status, status(line + "\r\nHost: a\r\n\r\n"));
  }

  @ParameterizedTest
  @CsvSource({"32767, 200", "32768, 200", "32769, 431", "200000, 431"})
  void sizeOfFields(int bytes, int status) throws Exception {
    String fields = "X: " + "a".repeat(bytes - "Host: a".length() - 3);
    assertEquals(status, status("GET /x HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n"));
  }

  @ParameterizedTest
  @CsvSource({"99, 200", "100, 200", "101, 431"})
  void numberOfFields(int fields, int status) throws Exception {
    String rest = "X: a\r\n".repeat(fields - 1);
    assertEquals(status, status("GET /x HTTP/1.1\r\nHost: a\r\n" + rest + "\r\n"));
  }

  @ParameterizedTest
  @CsvSource({"19999, 200", "20000, 200", "20001, 413", "3000000, 413"})
  void announcedContent(int bytes, int status) throws Exception {
    String head = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: " + bytes + "\r\n\r\n";
    assertEquals(status, status(head + "a".repeat(Math.min(bytes, 100_000))));
  }

  @ParameterizedTest
  @CsvSource({"19999, 200", "20000, 200", "20001, 413"})
  void contentOfUnknownLength(int bytes, int status) throws Exception {
    String head = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    String chunk = Integer.toHexString(bytes) + "\r\n" + "a".repeat(bytes) + "\r\n0\r\n\r\n";
    assertEquals(status, status(head + chunk));
  }

  @Test
  void aRefusedContentIsNotAskedFor() throws Exception {
    assertEquals(
        413,
        status(
            "POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                + "Content-Length: 20001\r\n\r\n"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twentyMegabytesArriveUnchanged(boolean announced) throws Exception {
    byte[] content = new byte[20 << 20];
    new Random(1).nextBytes(content);
    try (var client = large.client()) {
      client.send("POST /x HTTP/1.1\r\nHost: a\r\n");
      if (announced) {
        client.send("Content-Length: " + content.length + "\r\n\r\n").send(content);
      } else {
        client.send("Transfer-Encoding: chunked\r\n\r\n");
        client.send(Integer.toHexString(content.length) + "\r\n").send(content);
        client.send("\r\n0\r\n\r\n");
      }
      String body = client.answer().orElseThrow().body();
      assertTrue(Arrays.equals(content, body.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  @Test
  void theListenerHasTheDocumentedOptions() {
    var options = ListenerOptions.of(GateServer.ANY_PORT);
    assertEquals(8192, options.getMaxInitialLineLength());
    assertEquals(32_768, options.getMaxHeaderSize());
    assertEquals(650, options.getReadIdleTimeout());
    assertEquals(false, options.isHttp2ClearTextEnabled());
    assertEquals(false, options.isDecompressionSupported());
    assertEquals(100, options.getInitialSettings().getMaxConcurrentStreams());
    assertEquals(
        true, ListenerOptions.of(GateServer.http2(GateServer.ANY_PORT)).isHttp2ClearTextEnabled());
  }

  @Test
  void theListenerBindsTheHostItWasGiven() {
    assertEquals("127.0.0.1", ListenerOptions.address(GateServer.ANY_PORT).host());
    var everywhere =
        new ServerOptions(
            "",
            80,
            GateServer.ANY_PORT.timeout(),
            0,
            1,
            false,
            GateServer.ANY_PORT.drain(),
            ServerOptions.Auth.OPEN,
            Optional.empty());
    assertEquals("0.0.0.0", ListenerOptions.address(everywhere).host());
  }

  @Test
  void halfOfTheDescriptorsAreForConnections() {
    assertEquals(512, ListenerOptions.connectionCap(1024));
    assertEquals(16, ListenerOptions.connectionCap(8));
    assertEquals(ListenerOptions.FALLBACK_CONNECTIONS, ListenerOptions.connectionCap(-1));
  }
}
