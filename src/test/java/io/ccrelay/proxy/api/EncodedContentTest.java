package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.field;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content is never decoded: it is sent, stored and sent again in the bytes it came in. */
@DisplayName("A25: encoded content is passed and stored as received")
class EncodedContentTest {

  private static final int DECODED = 200 << 20;

  private final CachedApi api = CachedApi.start();

  @AfterEach
  void stop() {
    api.close();
  }

  /** Zeros of {@link #DECODED} bytes, compressed {@code times} over. */
  private static byte[] bomb(int times) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      byte[] zeros = new byte[1 << 16];
      for (int i = 0; i < DECODED / zeros.length; i++) {
        gzip.write(zeros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return times == 1 ? bytes.toByteArray() : again(bytes.toByteArray());
  }

  private static byte[] again(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private HttpResponse<byte[]> bytes(String... fields) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(api.relay.origin() + "/a")).headers(fields);
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aBombIsPassedAndStoredInTheBytesItCameIn(int times) throws Exception {
    byte[] bomb = bomb(times);
    assertTrue(bomb.length < DECODED / 900, "bytes: " + bomb.length);
    api.origin.always((seen, response) ->
        response
            .putHeader("cache-control", "max-age=60")
            .putHeader("content-encoding", times == 1 ? "gzip" : "gzip, gzip")
            .putHeader("vary", "accept-encoding")
            .end(Buffer.buffer(bomb)));
    for (int i = 0; i < 3; i++) {
      var answer = bytes("Accept-Encoding", "gzip");
      assertArrayEquals(bomb, answer.body());
      assertEquals(times == 1 ? "gzip" : "gzip, gzip", field(answer, "content-encoding"));
      io.ccrelay.testing.Waiting.until(
          () -> api.relay.flights.size() == 0, "the end of the flight");
    }
    assertEquals(1, api.calls());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "odd"})
  void nobodyGetsACodingThatWasNotAccepted(String coding) {
    api.origin.always((seen, response) -> {
      response.putHeader("cache-control", "max-age=60");
      if (seen.fields().joined("accept-encoding").orElse("").contains(coding)) {
        response.putHeader("content-encoding", coding).end("coded");
      } else {
        response.end("plain");
      }
    });
    assertEquals("coded", api.get("/a", "Accept-Encoding", coding).body());
    assertEquals("plain", api.get("/a").body());
    assertEquals("plain", api.get("/a", "Accept-Encoding", "identity").body());
    assertEquals("plain", api.get("/a", "Accept-Encoding", "other").body());
  }

  @Test
  void codedContentOfRequestsPassesAsItIs() {
    api.origin.always((seen, response) ->
        response.end(seen.fields().joined("content-encoding").orElse("") + " " + seen.text()));
    var answer = api.ask("POST", "/a", "Content-Encoding", "gzip");
    assertEquals("gzip body", answer.body());
    assertEquals("cc-relay; fwd=method", status(answer));
  }
}
