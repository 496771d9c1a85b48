package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.admin.Readiness;
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

/** Policies in two whole relays that are one cluster, and one that uses it as a client. */
class PoliciesInClusterTest {

  private static final int CALLS = 20;
  private static final int CLIENT = 2;

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
    Files.writeString(directory.resolve("week.xml"), example("apim-response-caching.xml"));
    Files.writeString(directory.resolve("tenth.xml"), example("apim-rate-limit-protection.xml"));
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
    document(
        "quota.xml",
        "<quota-by-key calls=\"%d\" renewal-period=\"86400\" counter-key=\"all\" />"
            .formatted(CALLS));
    document(
        "tokens.xml",
        "<llm-token-limit counter-key=\"all\" tokens-per-minute=\"100\" estimate-prompt-tokens=\"false\" />");
    var nodes = new TestNodes(2);
    for (int i = 0; i < 3; i++) {
      RelayConfig config = config(nodes, i);
      Platform platform = Platform.open(config.cache(), InstantSource.system());
      PLATFORMS.add(platform);
      RELAYS.add(Await.result(RelayServer.start(platform, config, StartOptions.DEFAULTS)));
    }
    Waiting.until(
        () ->
            PLATFORMS.stream()
                .limit(2)
                .allMatch(each -> each.node().orElseThrow().members().size() == 2),
        "two members");
    Waiting.until(
        () -> RELAYS.get(CLIENT).readiness() == Readiness.READY, "a client that reaches them");
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
    var member = nodes.options(0).cluster();
    String part =
        number == CLIENT
            ? "embedded: false, addresses: [\"%s\"]".formatted(member.bindAddr())
            : """
            embedded: true, bind_addr: "%s", environment: local, peers: ["%s"],
            replica_count: 2, member_count_quorum: 1, leave_timeout: 2s\
            """
                .formatted(
                    nodes.options(number).cluster().bindAddr(),
                    nodes.options(number).cluster().peers().getFirst());
    String yaml =
        """
        server: {listen: "127.0.0.1:0"}
        management: {listen: ""}
        cache:
          mode: ha
          deadline: 5s
          olric: {dmap_name: test, PART}
        apis:
          - {name: example, path: /example, backend: "BACKEND", policy: example.xml}
          - {name: store, path: /store, backend: "BACKEND", policy: store.xml}
          - {name: limit, path: /limit, backend: "BACKEND", policy: limit.xml}
          - {name: flight, path: /flight, backend: "BACKEND", policy: flight.xml}
          - {name: quota, path: /quota, backend: "BACKEND", policy: quota.xml}
          - {name: tokens, path: /tokens, backend: "BACKEND", policy: tokens.xml}
          - {name: week, path: /week, backend: "BACKEND", policy: week.xml}
          - {name: tenth, path: /tenth, backend: "BACKEND", policy: tenth.xml}
        policies:
          subscriptions:
            - {id: alice, keys: [key-of-alice]}
          backends:
            slow: {url: "SERVICE"}
        """
            .replace("PART", part.strip().replace("\n", " "))
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

  /** The answers to {@code calls} at the same time, equally many at each of {@code relays}. */
  private static List<RawHttp.Answer> together(String path, int calls, int relays)
      throws Exception {
    var asked = new ArrayList<Callable<RawHttp.Answer>>();
    for (int i = 0; i < calls; i++) {
      int relay = i % relays;
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

  private static void exactlyPass(String path, int refusal) throws Exception {
    var statuses = together(path, 3 * CALLS, 3).stream().map(RawHttp.Answer::status).toList();
    assertEquals(CALLS, statuses.stream().filter(status -> status == 200).count());
    assertEquals(2 * CALLS, statuses.stream().filter(status -> status == refusal).count());
  }

  @Test
  void limitHoldsForMembersAndClientTogether() throws Exception {
    exactlyPass("/limit", 429);
  }

  @Test
  void quotaHoldsForMembersAndClientTogether() throws Exception {
    exactlyPass("/quota", 403);
  }

  @Test
  void tokensOfOneRelayAreCountedByTheOthers() {
    backend.next((seen, response) ->
        response.end("{\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":120}}"));
    assertEquals(200, chat(CLIENT).status());
    Waiting.until(() -> chat(0).status() == 429, "150 of 100 are used");
    assertEquals(429, chat(1).status());
    assertEquals(429, chat(CLIENT).status());
  }

  private static RawHttp.Answer chat(int relay) {
    String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    return RawHttp.send(
        RELAYS.get(relay).port(),
        "POST /tokens HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  @Test
  void responseThatOneKeepsForAWeekIsThatOfTheOthers() {
    ask(0, "/week?version=1");
    Waiting.until(() -> ask(1, "/week?version=1").text().contains("\nAge: "), "a hit");
    int calls = backend.calls();
    for (int relay = 0; relay < RELAYS.size(); relay++) {
      assertEquals("the page ", ask(relay, "/week?version=1").body());
    }
    assertEquals(calls, backend.calls());
    ask(1, "/week?version=2");
    assertEquals(calls + 1, backend.calls());
  }

  @Test
  void callersWithoutCachedDataAreLimitedWhereverTheyAsk() {
    for (int i = 0; i < 10; i++) {
      assertEquals(200, asAlice(i % RELAYS.size()).status());
    }
    for (int relay = 0; relay < RELAYS.size(); relay++) {
      assertEquals(429, asAlice(relay).status());
    }
  }

  private static RawHttp.Answer asAlice(int relay) {
    return RawHttp.ask(
        RELAYS.get(relay).port(),
        "GET",
        "/tenth",
        "Host: localhost",
        "Ocp-Apim-Subscription-Key: key-of-alice");
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
    var answers = together("/flight", 10, 2);
    assertEquals(
        List.of("the page computed"),
        answers.stream().map(RawHttp.Answer::body).distinct().toList());
    assertEquals(1, arrived.get());
  }
}
