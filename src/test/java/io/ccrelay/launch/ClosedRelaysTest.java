package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.Waiting;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds a closed relay holds its store, its connections and the last exchange of each. Vert.x
 * registers clients and pools of workers in a static cleaner, which lets go only of those that are
 * closed one by one.
 */
@DisplayName("Nothing in the process holds a relay that is closed")
class ClosedRelaysTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "apis: [{name: web, path: /web, http_cache: on, backend: 'http://127.0.0.1:9'}]",
        "cache: {semantic: {enabled: true, embedder: {type: http, model: m,"
            + " base_url: 'http://127.0.0.1:9'}}}",
      })
  void ofWhateverItIsMade(String yaml) throws Exception {
    List<WeakReference<Object>> closed = serveAndClose(yaml);
    Waiting.until(
        () -> {
          System.gc();
          return held(closed).isEmpty();
        },
        () -> "collected: " + held(closed));
  }

  /** In a frame of its own, which holds nothing when it is left. */
  private static List<WeakReference<Object>> serveAndClose(String yaml) throws Exception {
    try (var relays = new RelayFixture()) {
      relays.upstreamMayAnswer();
      RelayServer server = relays.start(yaml);
      assertEquals(200, RelayFixture.post(server.port(), "who holds this?").status());
      Await.result(server.stop());
      return List.of(new WeakReference<>(server), new WeakReference<>(relays.vertx()));
    }
  }

  private static List<Object> held(List<WeakReference<Object>> closed) {
    return closed.stream().map(WeakReference::get).filter(Objects::nonNull).toList();
  }
}
