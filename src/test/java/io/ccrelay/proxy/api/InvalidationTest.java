package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.answer;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.FakeUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 section 4.4: what an unsafe request makes void. */
class InvalidationTest {

  private final CachedApi api = CachedApi.start();

  @AfterEach
  void stop() {
    api.close();
  }

  private void stored(String path) {
    api.answers("old", "Cache-Control", "max-age=600");
    api.get(path);
    api.wait(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "FROBNICATE"})
  void aMethodNotKnownToBeSafeDropsItsTarget(String method) {
    stored("/a");
    api.origin.next(answer(204, ""));
    assertEquals("cc-relay; fwd=method", status(api.ask(method, "/a")));
    api.wait(1);
    assertEquals("cc-relay; fwd=uri-miss; stored", status(api.get("/a")));
    assertEquals("cc-relay; hit; ttl=600", status(api.get("/a")));
  }

  @ParameterizedTest
  @CsvSource({"DELETE, 404", "POST, 500", "OPTIONS, 200"})
  void anErrorOrASafeMethodDropsNothing(String method, int status) {
    stored("/a");
    api.origin.next(answer(status, ""));
    api.ask(method, "/a");
    assertEquals("cc-relay; hit; ttl=599", status(api.get("/a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Location", "Content-Location"})
  void whatTheAnswerNamesAtTheSameOriginIsDroppedToo(String field) {
    stored("/b");
    api.origin.next(answer(201, "", field, "/b"));
    api.ask("POST", "/a");
    api.wait(1);
    assertEquals("cc-relay; fwd=uri-miss; stored", status(api.get("/b")));
  }

  @Test
  void whatTheAnswerNamesElsewhereIsNot() {
    stored("/b");
    api.origin.next(answer(201, "", "Location", "http://elsewhere.example/b"));
    api.ask("POST", "/a");
    assertEquals("cc-relay; hit; ttl=599", status(api.get("/b")));
  }

  @Test
  void allVariantsGo() {
    api.answers("old", "Cache-Control", "max-age=600", "Vary", "X-V");
    api.get("/a", "X-V", "1");
    api.get("/a", "X-V", "2");
    api.wait(1);
    api.origin.next(answer(200, ""));
    api.ask("PUT", "/a");
    api.get("/a", "X-V", "1");
    api.get("/a", "X-V", "2");
    assertEquals(5, api.calls());
  }

  @Test
  void aGetInFlightDoesNotBringTheOldContentBack() {
    var gate = FakeUpstream.gate();
    api.origin.next((seen, response) -> {
      response.putHeader("cache-control", "max-age=600").putHeader("content-length", "3");
      response.writeHead();
      FakeUpstream.hang(gate).give(seen, response);
    });
    var slow = api.later("/a");
    gate.await(1);
    api.wait(1);
    api.origin.next(answer(204, ""));
    // Does not wait for the flight, which is still under way.
    deleteBesides("/a");
    gate.write("old");
    gate.end();
    assertEquals("old", slow.join().body());
    api.answers("new", "Cache-Control", "max-age=600");
    api.wait(1);
    assertEquals("new", api.get("/a").body());
  }

  private void deleteBesides(String path) {
    assertEquals(204, new io.ccrelay.testing.Ask(api.relay.origin()).post(path, "x").statusCode());
  }
}
