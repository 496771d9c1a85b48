package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static io.ccrelay.proxy.policy.PolicyRelay.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.RedisOptions;
import io.ccrelay.policy.Profile;
import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.Waiting;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statements over the cache of values, through a whole relay. */
class ValueCachingTest {

  private static final String SHOW =
      "<return-response><set-body>@(context.Variables.ContainsKey(\"v\") ? \"[\" + context.Variables[\"v\"] + \"]\" : \"unset\")</set-body></return-response>";
  private static final String LOOKUP = "<cache-lookup-value key=\"k\" variable-name=\"v\" />";

  /** Stores on POST, removes on DELETE, shows what a look-up gives on GET. */
  private static String byMethod(String store, String lookup) {
    return document(
        """
        <choose>
          <when condition="@(context.Request.Method == "POST")">%s<return-response /></when>
          <when condition="@(context.Request.Method == "DELETE")">
            <cache-remove-value key="k" /><return-response />
          </when>
        </choose>
        %s%s
        """
            .formatted(store, lookup, SHOW),
        "");
  }

  private static String store(String value, int seconds) {
    return "<cache-store-value key=\"k\" value=\"%s\" duration=\"%d\" />".formatted(value, seconds);
  }

  @Test
  void valueIsThereUntilItsDurationIsOver() {
    try (var relay = PolicyRelay.under(byMethod(store("one", 60), LOOKUP))) {
      assertEquals("unset", relay.get("/").body());
      relay.ask("POST", "/", "");
      assertEquals("[one]", relay.get("/").body());
      relay.wait(61);
      assertEquals("unset", relay.get("/").body());
    }
  }

  @Test
  void removedValueIsGone() {
    try (var relay = PolicyRelay.under(byMethod(store("one", 60), LOOKUP))) {
      relay.ask("POST", "/", "");
      assertEquals("[one]", relay.get("/").body());
      relay.ask("DELETE", "/", "");
      assertEquals("unset", relay.get("/").body());
    }
  }

  @Test
  void missGivesTheDefaultWithItsTypeOrLeavesTheVariableAlone() {
    String types =
        "<return-response><set-body>@((int)context.Variables[\"n\"] + 1 + \"|\" + (string)context.Variables[\"e\"] + \"|\" + context.Variables[\"old\"])</set-body></return-response>";
    String lookups =
        """
        <set-variable name="old" value="kept" />
        <cache-lookup-value key="1" variable-name="n" default-value="@(0)" />
        <cache-lookup-value key="2" variable-name="e" default-value="" />
        <cache-lookup-value key="3" variable-name="old" />
        """;
    try (var relay = PolicyRelay.under(document(lookups + types, ""))) {
      assertEquals("1||kept", relay.get("/").body());
    }
  }

  @Test
  void variableThatWasNeverSetIsNullOrAnErrorAsTheProfileSays() {
    var defaults = Profile.DEFAULTS;
    var strict =
        new Profile(
            defaults.queryKey(),
            Profile.MissingVariable.THROW,
            defaults.anonymousRate(),
            false,
            false,
            defaults.internalCache(),
            defaults.methods());
    String show =
        "<return-response><set-body>@(context.Variables[\"absent\"] == null ? \"null\" : \"?\")</set-body></return-response>";
    try (var lenient = PolicyRelay.under(document(show, ""));
        var throwing = new With(document(show, "")).profile(strict).start()) {
      assertEquals("null", lenient.get("/").body());
      assertEquals(500, throwing.get("/").statusCode());
    }
  }

  @Test
  void requestSeesItsOwnWritesAtOnce() {
    String own =
        store("mine", 60)
            + LOOKUP
            + "<set-variable name=\"first\" value=\"@(context.Variables[\"v\"])\" />"
            + "<cache-remove-value key=\"k\" /><cache-lookup-value key=\"k\" variable-name=\"v\" default-value=\"none\" />"
            + "<return-response><set-body>@((string)context.Variables[\"first\"] + (string)context.Variables[\"v\"])</set-body></return-response>";
    try (var relay = PolicyRelay.under(document(own, ""))) {
      assertEquals("minenone", relay.get("/").body());
    }
  }

  @Test
  void nullAndDurationsThatAreOverAreNotStored() {
    try (var none = PolicyRelay.under(byMethod(store("@((string)null)", 60), LOOKUP));
        var over = PolicyRelay.under(byMethod(store("x", 0), LOOKUP))) {
      none.ask("POST", "/", "");
      over.ask("POST", "/", "");
      assertEquals("unset", none.get("/").body());
      assertEquals("unset", over.get("/").body());
    }
  }

  @ParameterizedTest(name = "{0} keeps its type in every cache")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          @(1 == 1);                                @((bool)context.Variables["v"] ? "yes" : "no"); yes
          @(41);                                    @(((int)context.Variables["v"] + 1).ToString()); 42
          @(41L);                                   @(((long)context.Variables["v"] + 1).ToString()); 42
          @(1.5);                                   @(((double)context.Variables["v"] * 2).ToString()); 3
          @("text");                                @(((string)context.Variables["v"]).Length.ToString()); 4
          @(JObject.Parse("{\\"a\\":[1,2]}"));      @(((JObject)context.Variables["v"])["a"][1].ToString()); 2
          @(JArray.Parse("[1,2,3]"));               @(((JArray)context.Variables["v"]).Count.ToString()); 3
          @(new DateTime(2026,1,2));                @(((DateTime)context.Variables["v"]).Day.ToString()); 2
          @(TimeSpan.FromMinutes(2));               @(((TimeSpan)context.Variables["v"]).TotalSeconds.ToString()); 120
          @(System.Text.Encoding.UTF8.GetBytes("ab")); @(((byte[])context.Variables["v"]).Length.ToString()); 2
          """)
  void typesAreKept(String value, String read, String expected) {
    String show = "<return-response><set-body>" + read + "</set-body></return-response>";
    String document =
        document(
            "<choose><when condition=\"@(context.Request.Method == \"POST\")\"><cache-store-value key=\"k\" value=\""
                + value
                + "\" duration=\"60\" /><return-response /></when></choose>"
                + LOOKUP
                + show,
            "");
    try (var server = RedisProcess.open();
        var inside = PolicyRelay.under(document);
        var outside =
            new With(document)
                .redis(RedisOptions.standalone(server.endpoint()).within(Duration.ofSeconds(5)))
                .start()) {
      for (var relay : new PolicyRelay[] {inside, outside}) {
        relay.ask("POST", "/", "");
        Waiting.until(() -> expected.equals(relay.get("/").body()), expected);
      }
    }
  }

  @Test
  void wholeResponseIsAValue() {
    String inbound =
        "<cache-lookup-value key=\"r\" variable-name=\"r\" /><choose><when condition=\"@(context.Variables.ContainsKey(\"r\"))\"><return-response response-variable-name=\"r\" /></when></choose>";
    String outbound =
        "<cache-store-value key=\"r\" value=\"@(context.Response)\" duration=\"60\" />";
    try (var relay = PolicyRelay.under(document(inbound, outbound))) {
      relay.backend.always(PolicyRelay.answer(203, "kept", "X-Kind", "1"));
      relay.get("/");
      Waiting.until(() -> relay.relay.store.stats().result().keyCount() == 1, "stored");

      var answer = relay.get("/");

      assertEquals(
          "kept 203 1", answer.body() + " " + answer.statusCode() + " " + field(answer, "x-kind"));
      assertEquals(1, relay.backend.calls());
    }
  }

  @Test
  void externalWithoutAnExternalCacheIsAMissAndPreferExternalIsInternal() {
    String external =
        "<cache-store-value key=\"k\" value=\"x\" duration=\"60\" caching-type=\"external\" />";
    String lookup =
        "<cache-lookup-value key=\"k\" variable-name=\"v\" caching-type=\"external\" />";
    String prefer =
        "<cache-lookup-value key=\"k\" variable-name=\"v\" caching-type=\"prefer-external\" />";
    try (var outside = PolicyRelay.under(byMethod(external, lookup));
        var preferring = PolicyRelay.under(byMethod(store("x", 60), prefer))) {
      outside.ask("POST", "/", "");
      preferring.ask("POST", "/", "");
      assertEquals("unset", outside.get("/").body());
      assertEquals("[x]", preferring.get("/").body());
    }
  }

  @Test
  void cacheThatIsDownIsAMissAndRemovalFailsOnlyIfAsked() {
    String remove =
        "<choose><when condition=\"@(context.Request.Method == \"DELETE\")\"><cache-remove-value key=\"k\" fail-on-cache-removal-error=\"@(context.Request.Headers.ContainsKey(\"X-Strict\"))\" /></when></choose>";
    try (var server = RedisProcess.open();
        var relay =
            new With(document(remove + LOOKUP, ""))
                .redis(RedisOptions.standalone(server.endpoint()))
                .start()) {
      relay.answers("from the backend");
      server.kill();

      assertEquals("from the backend", relay.get("/").body());
      assertEquals(200, relay.ask("DELETE", "/", "").statusCode());
      assertEquals(500, relay.ask("DELETE", "/", "", "X-Strict", "1").statusCode());
    }
  }

  private static final String CACHED =
      """
      <cache-value key="k" variable-name="v" expires-after="60" refresh-after="20" default-value="nothing">
        <value>
          <send-request mode="new" response-variable-name="r"><set-url>SERVICE/v</set-url></send-request>
          <choose><when condition="@(((IResponse)context.Variables["r"]).StatusCode == 200)">
            <set-variable name="v" value="@(((IResponse)context.Variables["r"]).Body.As<string>())" />
          </when></choose>
        </value>
      </cache-value>
      """;

  private static PolicyRelay cached() {
    return new With(document(CACHED + SHOW, "")).allow(PolicyRelay.serviceAllowed()).start();
  }

  @Test
  void cachedValueIsComputedOnceRefreshedWhenStaleAndSurvivesAFailedRefresh() {
    try (var relay = cached()) {
      relay.service.always(PolicyRelay.answer(200, "one"));
      assertEquals("[one]", relay.get("/").body());
      assertEquals("[one]", relay.get("/").body());
      assertEquals(1, relay.service.calls());

      relay.wait(21);
      relay.service.always(PolicyRelay.answer(503, "down"));
      assertEquals("[one]", relay.get("/").body());

      relay.service.always(PolicyRelay.answer(200, "two"));
      assertEquals("[two]", relay.get("/").body());
      Waiting.until(() -> isCached(relay, "[two]"), "the value is stored before time passes");
      relay.wait(61);
      relay.service.always(PolicyRelay.answer(503, "down"));
      assertEquals("[nothing]", relay.get("/").body());
    }
  }

  @Test
  void manyWhoMissMakeOneCall() {
    try (var relay = cached()) {
      var gate = FakeUpstream.gate();
      relay.service.always(FakeUpstream.hang(gate));
      var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (int i = 0; i < 20; i++) {
        answers.add(relay.later("/"));
      }
      gate.await(1);
      Waiting.until(() -> relay.relay.flights.size() == 1, "a flight");
      gate.answer("made");
      answers.forEach(answer -> assertEquals("[made]", answer.join().body()));
      assertEquals(1, relay.service.calls());
    }
  }

  @Test
  void whileOneRefreshesOthersGetTheStaleValue() {
    try (var relay = cached()) {
      relay.service.always(PolicyRelay.answer(200, "one"));
      relay.get("/");
      relay.wait(30);
      var gate = FakeUpstream.gate();
      relay.service.always(FakeUpstream.hang(gate));
      var refreshing = relay.later("/");
      gate.await(1);

      assertEquals("[one]", relay.get("/").body());

      gate.answer("two");
      assertEquals("[two]", refreshing.join().body());
      assertEquals(2, relay.service.calls());
    }
  }

  private static boolean isCached(PolicyRelay relay, String body) {
    int calls = relay.service.calls();
    return relay.get("/").body().equals(body) && relay.service.calls() == calls;
  }
}
