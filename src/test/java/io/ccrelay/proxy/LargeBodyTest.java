package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Ask.outcome;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Scene;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large bodies pass both ways, byte for byte. */
@DisplayName("Bodies up to 64 MiB")
class LargeBodyTest {

  private static Scene scene;

  @BeforeAll
  static void start() {
    scene = Scene.of("");
  }

  @AfterAll
  static void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/messages", "/v1/files"})
  void aRequestOf33MegabytesArrivesAsItWas(String path) {
    scene.upstream.always(FakeUpstream.whole(200, message("Hello")));
    String body = ask(noise(33_000_000, 1));
    var answer = scene.ask.post(path, body, "x-api-key", "k");
    assertEquals(200, answer.statusCode());
    assertEquals(sha256(body), scene.upstream.last().sha256());
    assertEquals(message("Hello"), answer.body());
  }

  @Test
  void anAnswerOf33MegabytesArrivesAsItWasAndIsNotStored() {
    String large = message(noise(33_000_000, 2));
    scene.upstream.always(FakeUpstream.whole(200, large));
    for (int i = 0; i < 2; i++) {
      var answer = scene.ask.post("/v1/messages", ask("large"), "x-api-key", "k");
      assertEquals("miss", outcome(answer));
      assertEquals("cc-relay; fwd=uri-miss; detail=too-large", field(answer, "cache-status"));
      assertEquals(sha256(large), sha256(answer.body()));
    }
  }

  @Test
  void aHitOfManyMegabytesIsWhatWasStored() {
    String large = message(noise(7_000_000, 3));
    scene.upstream.always(FakeUpstream.whole(200, large));
    assertEquals("miss", outcome(scene.ask.post("/v1/messages", ask("7 MB"), "x-api-key", "k")));
    var hit = scene.ask.post("/v1/messages", ask("7 MB"), "x-api-key", "k");
    assertEquals("hit", outcome(hit));
    assertEquals(sha256(large), sha256(hit.body()));
  }

  @Test
  void exactly64MebibytesPassAndOneMoreIsRefused() throws IOException {
    scene.upstream.always(FakeUpstream.whole(200, message("Hello")));
    String body = ask("x".repeat((64 << 20) - ask("").length()));
    assertEquals(64 << 20, body.length());
    assertEquals(200, scene.ask.post("/v1/messages", body, "x-api-key", "k").statusCode());
    try (var client = new RawClient(scene.relay.port())) {
      client.send(
          "POST /v1/messages HTTP/1.1\r\nHost: r\r\nContent-Length: "
              + ((64 << 20) + 1)
              + "\r\n\r\n");
      var refused = client.answer().orElseThrow();
      assertEquals(413, refused.status());
      assertTrue(refused.body().contains("\"request_too_large\""), refused.body());
    }
  }

  /** Text that does not repeat itself and needs no escapes. */
  private static String noise(int length, long seed) {
    byte[] text = new byte[length];
    new Random(seed).nextBytes(text);
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + (text[i] & 15));
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static String sha256(String text) {
    return FakeUpstream.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
