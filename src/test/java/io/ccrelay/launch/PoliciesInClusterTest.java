package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.cluster.TestNodes;
import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawHttp;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies in two whole relays that are one cluster. */
class PoliciesInClusterTest {

  private static final int CALLS = 20;

  @TempDir static Path directory;

  private static final List<Platform> PLATFORMS = new ArrayList<>();
  private static final List<RelayServer> RELAYS = new ArrayList<>();
  private static final Vertx VERTX = Vertx.vertx();
  private static FakeUpstream backend;
  private static FakeUpstream service;

  @BeforeAll
  static void start() throws Exception {
    backend = FakeUpstream.start(VERTX).always((seen, response) -> response.end(shown(seen)));
    service = FakeUpstream.start(VERTX);
    Files.writeString(directory.resolve("example.xml"), example("apim-value-caching.xml"));
    document(
        "store.xml",
        "<cache-store-value key=\"user-preferences\" value=\"dark\" duration=\"60\" />");
    document(
        "limit.xml",
        "<rate-limit-by-key calls=\"%d\" renewal-period=\"300\" counter-key=\"all\" />"
            .formatted(CALLS));
    document(
        "flight.xml",
        """
        <cache-value key="slow" variable-name="v" expires-after="60">
          <value>
            <send-request mode="new" response-variable-name="r"><set-url>%s/slow</set-url></send-request>
            <set-variable name="v" value="@(((IResponse)context.Variables["r"]).Body.As<string>())" />
          </value>
        </cache-value>
        <set-header name="X-Value"><value>@((string)context.Variables["v"])</value></set-header>
        """
            .formatted(service.origin()));
    var nodes = new TestNodes(2);
    for (int i = 0; i < 2; i++) {
      RelayConfig config = config(nodes, i);
      Platform platform = Platform.open(config.cache(), InstantSource.system());
      PLATFORMS.add(platform);
      RELAYS.add(Await.result(RelayServer.start(platform, config, StartOptions.DEFAULTS)));
    }
    Waiting.until(
        () -> PLATFORMS.stream().allMatch(each -> each.node().orElseThrow().members().size() == 2),
        "two members");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    RELAYS.forEach(relay -> Await.result(relay.stop()));
    for (Platform platform : PLATFORMS) {
      platform.close();
    }
    Await.result(VERTX.close());
  }

  private static String shown(FakeUpstream.Seen seen) {
    return "the page " + seen.fields().first("X-Value").orElse("");
  }

  private static void document(String name, String inbound) throws IOException {
    Files.writeString(
        directory.resolve(name),
        "<policies><inbound>"
            + inbound
            + "</inbound><backend><forward-request /></backend></policies>");
  }

  private static String example(String name) throws IOException {
    try (var in = PoliciesInClusterTest.class.getResourceAsStream("/policies/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static RelayConfig config(TestNodes nodes, int number) throws IOException {
    var cluster = nodes.options(number).cluster();
    String yaml =
        """
        server: {listen: "127.0.0.1:0"}
        management: {listen: ""}
        cache:
          mode: ha
          deadline: 5s
          olric: {embedded: true, bind_addr: "BIND", dmap_name: test, environment: local,
                  peers: ["PEER"], replica_count: 2, member_count_quorum: 1, leave_timeout: 2s}
        apis:
          - {name: example, path: /example, backend: "BACKEND", policy: example.xml}
          - {name: store, path: /store, backend: "BACKEND", policy: store.xml}
          - {name: limit, path: /limit, backend: "BACKEND", policy: limit.xml}
          - {name: flight, path: /flight, backend: "BACKEND", policy: flight.xml}
        policies:
          backends:
            slow: {url: "SERVICE"}
        """
            .replace("BIND", cluster.bindAddr())
            .replace("PEER", cluster.peers().getFirst())
            .replace("BACKEND", backend.origin())
            .replace("SERVICE", service.origin());
    Path file = directory.resolve("relay-" + number + ".yaml");
    Files.writeString(file, yaml);
    return switch (ConfigLoader.load(file, name -> null)) {
      case ConfigResult.Loaded(RelayConfig config, var warnings) -> config;
      case ConfigResult.Invalid(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  private static RawHttp.Answer ask(int relay, String path) {
    return RawHttp.ask(RELAYS.get(relay).port(), "GET", path, "Host: localhost");
  }

  /** The statuses of {@code calls} that clients make at the same time, half of them at each. */
  private static List<RawHttp.Answer> together(String path, int calls) throws Exception {
    var asked = new ArrayList<Callable<RawHttp.Answer>>();
    for (int i = 0; i < calls; i++) {
      int relay = i % 2;
      asked.add(() -> ask(relay, path));
    }
    var answers = new ArrayList<RawHttp.Answer>();
    try (var clients = Executors.newFixedThreadPool(calls)) {
      for (var answer : clients.invokeAll(asked)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  @Test
  void limitHoldsForBothTogether() throws Exception {
    var statuses =
        together("/limit", 3 * CALLS).stream().map(RawHttp.Answer::status).sorted().toList();
    assertEquals(CALLS, statuses.stream().filter(status -> status == 200).count());
    assertEquals(2 * CALLS, statuses.stream().filter(status -> status == 429).count());
  }

  @Test
  void valueThatOneStoredIsReadByTheDocumentOfTheOther() {
    assertEquals(500, ask(0, "/example").status(), "no value, and its service is not allowed");
    assertEquals(200, ask(1, "/store").status());
    Waiting.until(() -> ask(0, "/example").status() == 200, "the value is there");
    assertEquals("the page ", ask(0, "/example").body());
  }

  @Test
  void valueThatBothWantIsComputedOnce() throws Exception {
    var arrived = new AtomicInteger();
    service.always((seen, response) -> {
      arrived.incrementAndGet();
      VERTX.setTimer(500, _ -> response.end("computed"));
    });
    var answers = together("/flight", 10);
    assertEquals(
        List.of("the page computed"),
        answers.stream().map(RawHttp.Answer::body).distinct().toList());
    assertEquals(1, arrived.get());
  }
}
