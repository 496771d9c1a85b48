package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.ResponsesOptions.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseRulesTest {

  private static ResponsesOptions options(boolean streaming, List<Rule> rules) {
    var d = ResponsesOptions.DEFAULTS;
    return new ResponsesOptions(
        d.enabled(),
        d.ttl(),
        d.ttlDeterministic(),
        d.maxTtl(),
        streaming,
        d.scope(),
        d.coalesce(),
        d.coalesceWait(),
        d.staleWhileRevalidate(),
        d.staleIfError(),
        d.toolUse(),
        d.maxEntryBytes(),
        d.usageOnHit(),
        d.finishAfterDisconnect(),
        d.ignore(),
        rules);
  }

  private static Rule rule(String path, String model, String header, int seconds) {
    return new Rule(
        path,
        model,
        header,
        Optional.of(Duration.ofSeconds(seconds)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ChatRequest request(String body) {
    return ((Parsed.Understood)
            ChatRequest.parse(Route.MESSAGES, Bytes.utf8(body), Recipe.BUILT_IN))
        .request();
  }

  @ParameterizedTest
  @CsvSource({
    "*,anything,true",
    "'','',true",
    "a*,abc,true",
    "*c,abc,true",
    "a?c,abc,true",
    "a?c,ac,false",
    "a*b*c,aXbYc,true",
    "a*b*c,aXcYb,false",
    "claude-*-4-?,claude-opus-4-6,true",
    "a,A,false",
    "a,ab,false",
    "**,'',true",
    "?,'',false"
  })
  void globsMatchWholeTexts(String pattern, String text, boolean matches) {
    assertEquals(matches, EffectiveRules.glob(pattern, text));
  }

  @Test
  void aGlobThatBacktracksEndsSoon() {
    assertFalse(EffectiveRules.glob("*a".repeat(30) + "b", "a".repeat(20_000)));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/v1/messages,claude-opus-4-6,-,1", "/v1/messages,other,-,300", "/v1/messages,other,red,2",
        "/v1/messages,other,reddish,300", "/v1/embeddings,x,-,3",
            "/v1/embeddings,claude-opus-4-6,-,1"
      })
  void theFirstRuleThatMatchesCounts(String path, String model, String team, int seconds) {
    var options =
        options(
            false,
            List.of(
                rule("", "claude-opus-*", "", 1),
                rule("/v1/messages", "", "X-Team: red", 2),
                rule("/v1/e*", "", "", 3)));
    var fields = team == null ? Fields.none() : Fields.of("x-team", team);
    assertEquals(
        Duration.ofSeconds(seconds), EffectiveRules.of(options, path, model, fields).ttl());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MESSAGES|{}||300",
        "MESSAGES|{\"temperature\":1}||300",
        "MESSAGES|{\"temperature\":0.0}||3600",
        "MESSAGES|{\"temperature\":\"0\"}||300",
        "MESSAGES|{\"temperature\":1e-400}||3600",
        "COUNT_TOKENS|{}||3600",
        "EMBEDDINGS|{}||3600",
        "MESSAGES|{}|10|10",
        "EMBEDDINGS|{}|30d|604800"
      })
  void lifetimesDependOnTheRequestAndTheClient(
      Route route, String body, String asked, int seconds) {
    var controls =
        asked == null
            ? CacheControls.NONE
            : CacheControls.of(Fields.of("x-cc-relay-cache-ttl", asked));
    assertEquals(
        Duration.ofSeconds(seconds),
        Lifetimes.fresh(ResponsesOptions.DEFAULTS, route, request(body), controls));
  }

  @Test
  void useOfTheCacheIsDecidedByConfigurationRequestAndClient() {
    var json = request("{}");
    var stream = request("{\"stream\":true}");
    var off = options(false, List.of());
    assertEquals(new CacheUse.Use(true, true, true), CacheUse.of(off, json, CacheControls.NONE));
    assertEquals(
        new CacheUse.Bypass(BypassReason.STREAMING), CacheUse.of(off, stream, CacheControls.NONE));
    assertEquals(
        new CacheUse.Use(true, true, true),
        CacheUse.of(options(true, List.of()), stream, CacheControls.NONE));
    assertEquals(
        new CacheUse.Bypass(BypassReason.SERVER_STATE),
        CacheUse.of(off, request("{\"container\":\"c\"}"), CacheControls.NONE));
    assertEquals(
        new CacheUse.Use(false, true, false),
        CacheUse.of(off, json, CacheControls.of(Fields.of("cache-control", "no-cache"))));
    assertEquals(
        new CacheUse.Bypass(BypassReason.CLIENT),
        CacheUse.of(off, json, CacheControls.of(Fields.of("cache-control", "no-cache, no-store"))));
  }

  @ParameterizedTest
  @CsvSource({
    "400,invalid_request_error",
    "401,authentication_error",
    "403,permission_error",
    "404,not_found_error",
    "413,request_too_large",
    "429,rate_limit_error",
    "502,api_error",
    "503,server_busy",
    "504,timeout_error",
    "529,overloaded_error"
  })
  void errorsSpeakTheDialectOfTheCaller(int status, String type) {
    assertEquals(
        "{\"type\":\"error\",\"error\":{\"type\":\""
            + type
            + "\",\"message\":\"a\\\"\\n\"},\"request_id\":\"r\"}\n",
        ErrorAnswer.of(Dialect.ANTHROPIC, status, "a\"\n", Optional.of("r")).toUtf8());
    String openai = ErrorAnswer.of(Dialect.OPENAI, status, "a\"\n", Optional.of("r")).toUtf8();
    assertTrue(openai.startsWith("{\"error\":{\"message\":\"a\\\"\\n\",\"type\":\""), openai);
    assertTrue(JsonTokens.isObject(Bytes.utf8(openai)));
  }

  @Test
  void anErrorInAStreamIsOneEvent() {
    assertEquals(
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\","
            + "\"message\":\"a\\nb\"}}\n\n",
        ErrorAnswer.event(Dialect.ANTHROPIC, 502, "a\nb").toUtf8());
    assertTrue(ErrorAnswer.event(Dialect.OPENAI, 502, "a").toUtf8().startsWith("data: {\"error\""));
  }

  @Test
  void toolIdsOfTheConversationAreNotReplayed() {
    assertTrue(ReplayGuard.repeats(List.of("a", "b"), Set.of("b")));
    assertFalse(ReplayGuard.repeats(List.of("a"), Set.of("b")));
    assertFalse(ReplayGuard.repeats(List.of(), Set.of("b")));
  }

  @Test
  void whatDescribesAPastExchangeIsNotStored() {
    var answer =
        Fields.of(
            "Content-Type",
            "application/json",
            "Date",
            "x",
            "anthropic-ratelimit-requests",
            "1",
            "X-RateLimit-Limit",
            "2",
            "retry-after",
            "3",
            "Set-Cookie",
            "a",
            "CF-Ray",
            "r",
            "request-id",
            "req_1",
            "anthropic-organization-id",
            "org",
            "content-encoding",
            "gzip",
            "x-should-retry",
            "true",
            "openai-processing-ms",
            "9");
    assertEquals(
        Fields.of("Content-Type", "application/json", "anthropic-organization-id", "org"),
        ReplayFields.stored(answer));
    assertEquals("req_1", ReplayFields.originRequestId(answer));
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/v1/messages,MESSAGES", "POST,/v1/messages/count_tokens,COUNT_TOKENS",
    "POST,/v1/chat/completions,CHAT_COMPLETIONS", "POST,/v1/responses,RESPONSES"
  })
  void routesAreFoundByMethodAndExactPath(String method, String path, Route route) {
    assertEquals(Optional.of(route), Route.of(method, path));
    assertEquals(Optional.empty(), Route.of("GET", path));
    for (String other : List.of(path + "/", path + ".css", "/" + path, path.toUpperCase())) {
      assertEquals(Optional.empty(), Route.of(method, other));
    }
  }
}
