package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.policy.IdentityOptions;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeClock;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.upstream.http.HttpUpstream;
import io.ccrelay.upstream.http.HttpUpstreamOptions;
import io.ccrelay.upstream.http.InFlight;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuedTokensTest {

  private final Vertx vertx = Vertx.vertx();
  private final FakeUpstream endpoint = FakeUpstream.start(vertx);
  private final FakeClock clock = new FakeClock();

  @TempDir Path directory;

  @AfterEach
  void close() {
    endpoint.close();
    vertx.close().await();
  }

  private IssuedTokens source(IdentityOptions options) {
    var upstream =
        new HttpUpstream(
            vertx, HttpUpstreamOptions.DEFAULTS, new InFlight(HttpUpstreamOptions.DEFAULTS));
    return new IssuedTokens(vertx, options, upstream, clock);
  }

  private IdentityOptions credentials() {
    return new IdentityOptions.ClientCredentials(endpoint.origin() + "/token", "me", "s&cret");
  }

  private void issues() {
    var number = new AtomicInteger();
    endpoint.always((seen, response) ->
        response.end(
            "{\"access_token\":\"t" + number.incrementAndGet() + "\",\"expires_in\":600}"));
  }

  private static String token(IssuedTokens source, String resource) {
    return Await.result(source.token(resource, Optional.empty()));
  }

  @Test
  void fixedTokenIsForEverything() {
    assertEquals("fixed", token(source(new IdentityOptions.Static("fixed")), "r"));
  }

  @Test
  void credentialsBuyATokenThatIsKeptUntilAMinuteBeforeItsEnd() {
    issues();
    var source = source(credentials());

    assertEquals("t1", token(source, "https://r"));
    assertEquals(
        "grant_type=client_credentials&client_id=me&client_secret=s%26cret&scope=https%3A%2F%2Fr%2F.default",
        endpoint.last().text());
    clock.advance(Duration.ofSeconds(539));
    assertEquals("t1", token(source, "https://r"));
    assertEquals("t2", token(source, "https://other"));
    clock.advance(Duration.ofSeconds(1));
    assertEquals("t3", token(source, "https://r"));
  }

  @Test
  void requestsAtTheSameTimeShareOneCall() {
    var gate = FakeUpstream.gate();
    endpoint.always(FakeUpstream.hang(gate));
    var source = source(credentials());
    Future<String> one = source.token("r", Optional.empty());
    Future<String> two = source.token("r", Optional.empty());
    gate.await(1);
    gate.answer("{\"access_token\":\"shared\"}");
    assertEquals("shared", Await.result(one));
    assertEquals("shared", Await.result(two));
    assertEquals(1, endpoint.calls());
  }

  @Test
  void refusalIsAFailureAndIsAskedAgainSoon() {
    endpoint.always(answer(401, "{}"));
    var source = source(credentials());
    var failed = source.token("r", Optional.empty());
    Await.failure(IllegalStateException.class, failed);
    assertTrue(!String.valueOf(failed.cause()).contains("s&cret"));
    issues();
    clock.advance(Duration.ofSeconds(3));
    assertEquals("t1", token(source, "r"));
  }

  @Test
  void workloadShowsTheTokenOfItsFileEachTime() throws Exception {
    issues();
    Path file = directory.resolve("token");
    Files.writeString(file, "one\n");
    var source =
        source(
            new IdentityOptions.WorkloadIdentity(
                endpoint.origin() + "/token", "me", file.toString()));

    assertEquals("t1", token(source, "a"));
    assertTrue(endpoint.last().text().contains("client_assertion=one&"));
    Files.writeString(file, "two");
    assertEquals("t2", token(source, "b"));
    assertTrue(endpoint.last().text().contains("client_assertion=two&"));
  }
}
