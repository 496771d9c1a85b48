package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Ask.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Scene;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the relay does not understand it passes on, both ways, as it comes. */
@DisplayName("Other paths under /v1 through the whole relay")
class PassedRoutesTest {

  private Scene scene;

  @BeforeEach
  void start() {
    scene = Scene.of("");
  }

  @AfterEach
  void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 70_000, 3_000_000})
  void uploadsArriveWholly(int size) {
    scene.upstream.always(FakeUpstream.whole(201, "{\"id\":\"file_1\"}", "request-id", "r1"));
    String content = "a".repeat(size);
    var answer =
        scene.ask.post("/v1/files?x=%20y", content, "x-api-key", "k", "content-type", "x/y");
    assertEquals(201, answer.statusCode());
    assertEquals("{\"id\":\"file_1\"}", answer.body());
    assertEquals("r1", field(answer, "request-id"));
    assertEquals("bypass", outcome(answer));
    assertEquals(content, scene.upstream.last().text());
    assertEquals("/v1/files?x=%20y", scene.upstream.last().uri());
    assertEquals("x/y", scene.upstream.last().fields().first("content-type").orElse(""));
  }

  @Test
  void anUploadReachesTheUpstreamWhileItIsSent() throws IOException {
    scene.upstream.early(request -> true).always(FakeUpstream.whole(413, "{}"));
    try (var client = new RawClient(scene.relay.port())) {
      client.send("POST /v1/files HTTP/1.1\r\nHost: relay\r\nContent-Length: 90000\r\n\r\nabc");
      assertEquals(413, client.answer().orElseThrow().status());
    }
  }

  @Test
  void downloadsComeAsTheyAreSent() throws IOException {
    var gate = FakeUpstream.gate();
    scene.upstream.always(FakeUpstream.gated(gate, "application/octet-stream"));
    try (var client = new RawClient(scene.relay.port())) {
      client.send("GET /v1/files/f1/content HTTP/1.1\r\nHost: relay\r\n\r\n");
      gate.await(1);
      for (String part : new String[] {"first part", "second part", "last part"}) {
        gate.write(part);
        client.readUntil(part);
      }
      gate.end();
      client.readUntil("\r\n0\r\n\r\n");
    }
  }

  @Test
  void nothingOfItIsEverStored() {
    scene.upstream.always(FakeUpstream.whole(200, "{}", "cache-control", "max-age=600"));
    scene.ask.get("/v1/files/f1", "x-api-key", "k");
    scene.ask.get("/v1/files/f1", "x-api-key", "k");
    assertEquals(2, scene.upstream.calls());
  }

  @Test
  void theProbeOfCodingAgentsIsAnsweredAtOnce() throws IOException {
    try (var client = new RawClient(scene.relay.port())) {
      client.send("HEAD / HTTP/1.1\r\nHost: relay\r\n\r\nGET /health HTTP/1.1\r\nHost: r\r\n\r\n");
      String head = client.readUntil("\r\n\r\n");
      assertEquals("HTTP/1.1 404 ", head.substring(0, 13));
      assertEquals(200, client.answer().orElseThrow().status());
    }
    assertEquals(0, scene.upstream.calls());
  }
}
