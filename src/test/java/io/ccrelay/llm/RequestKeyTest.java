package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.ResponsesOptions.ScopeRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKeyTest {

  private final KeyedFields keyed = new KeyedFields();
  private final ScopeHasher hasher = new ScopeHasher(Bytes.utf8("secret"));

  private static final String BODY = "{\"model\":\"m\",\"max_tokens\":1}";

  private Key key(Route route, String query, String body, Fields fields) {
    var request =
        ((Parsed.Understood) ChatRequest.parse(route, Bytes.utf8(body), Recipe.BUILT_IN)).request();
    return RequestKey.of(
        Scope.of(new ScopeRule.Credential(), fields, query, hasher),
        "",
        route,
        "anthropic",
        request.model().orElse(""),
        keyed.of(fields),
        KeyedFields.query(query),
        request);
  }

  private Key key(String... fields) {
    return key(Route.MESSAGES, "", BODY, Fields.of(fields));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User-Agent",
        "Accept-Language",
        "Accept-Encoding",
        "Sec-Fetch-Mode",
        "X-Stainless-OS",
        "x-stainless-retry-count",
        "x-claude-code-session-id",
        "X-Request-Id",
        "x-client-request-id",
        "traceparent",
        "tracestate",
        "baggage",
        "X-Forwarded-For",
        "Forwarded",
        "Via",
        "Host",
        "Connection",
        "Content-Length",
        "Transfer-Encoding",
        "TE",
        "Date",
        "Origin",
        "Referer",
        "Cache-Control",
        "Pragma",
        "X-CC-Relay-Cache-TTL",
        "cf-aig-cache-ttl",
        "x-portkey-cache-force-refresh",
        "Helicone-Cache-Enabled",
        "X-OpenRouter-Cache",
        "Idempotency-Key"
      })
  void noiseDoesNotEnter(String name) {
    assertEquals(key(), key(name, "anything"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anthropic-version",
        "anthropic-beta",
        "openai-beta",
        "openai-organization",
        "openai-project",
        "anthropic-workspace-id",
        "x-unknown",
        "x-portkey-provider",
        "helicone-target-url",
        "x-api-key",
        "authorization",
        "cookie",
        "content-language"
      })
  void whateverIsForwardedOtherwiseEnters(String name) {
    assertNotEquals(key(), key(name, "a"));
    assertNotEquals(key(name, "b"), key(name, "a"));
    assertEquals(key(name.toUpperCase(Locale.ROOT), "a"), key(name, "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|true", "application/json; charset=utf-8|true",
        "Application/JSON;charset=\"UTF-8\"|true", "application/json; charset=utf-16|false",
        "text/plain|false", "application/x-www-form-urlencoded|false"
      })
  void jsonIsTheUsualMediaType(String type, boolean usual) {
    assertEquals(usual, key().equals(key("content-type", type)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|true",
        "*/*|true",
        "text/event-stream|true",
        "application/json, text/event-stream|true",
        "text/html, */*;q=0.8|true",
        "text/html|false",
        "application/xml|false"
      })
  void acceptOnlyCountsIfItIsUnusual(String accept, boolean usual) {
    assertEquals(usual, key().equals(key("accept", accept)));
  }

  @Test
  void betasAreASet() {
    var set = key("anthropic-beta", "b,a");
    assertEquals(set, key("anthropic-beta", "a, b , a"));
    assertEquals(set, key("Anthropic-Beta", "b", "x-stainless-os", "1", "anthropic-beta", "a"));
    assertNotEquals(set, key("anthropic-beta", "a"));
    assertNotEquals(set, key("openai-beta", "a,b"));
    assertEquals(key(), key("anthropic-beta", ""));
  }

  @Test
  void theOrderOfLinesCountsWithinANameOnly() {
    assertEquals(key("a", "1", "b", "2"), key("b", "2", "a", "1"));
    assertNotEquals(key("a", "1", "a", "2"), key("a", "2", "a", "1"));
    assertNotEquals(key("a", "1", "a", "2"), key("a", "1, 2"));
  }

  @Test
  void theQueryEntersButForBetaAndCredentials() {
    var plain = key(Route.MESSAGES, "", BODY, Fields.none());
    assertEquals(plain, key(Route.MESSAGES, "beta=true", BODY, Fields.none()));
    assertNotEquals(plain, key(Route.MESSAGES, "beta=false", BODY, Fields.none()));
    assertNotEquals(plain, key(Route.MESSAGES, "key=1", BODY, Fields.none()));
    assertEquals("a=1&b", KeyedFields.query("a=1&beta=true&api-key=x&b"));
    assertEquals("a=1&&b", KeyedFields.query("a=1&&b"));
  }

  @Test
  void everyPartOfTheKeyCounts() {
    var request =
        ((Parsed.Understood) ChatRequest.parse(Route.MESSAGES, Bytes.utf8(BODY), Recipe.BUILT_IN))
            .request();
    var scope = Scope.of(new ScopeRule.Shared(), Fields.none(), "", hasher);
    var none = Fields.none();
    var keys =
        List.of(
            RequestKey.of(scope, "", Route.MESSAGES, "f", "m", none, "", request),
            RequestKey.of(scope, "n", Route.MESSAGES, "f", "m", none, "", request),
            RequestKey.of(scope, "", Route.COUNT_TOKENS, "f", "m", none, "", request),
            RequestKey.of(scope, "", Route.MESSAGES, "g", "m", none, "", request),
            RequestKey.of(scope, "", Route.MESSAGES, "fm", "", none, "", request),
            RequestKey.of(scope, "", Route.MESSAGES, "f", "n", none, "", request),
            RequestKey.of(scope, "", Route.MESSAGES, "f", "m", none, "q", request),
            RequestKey.of(scope, "", Route.MESSAGES, "f", "m", Fields.of("q", ""), "", request),
            RequestKey.of(scope, "", Route.MESSAGES, "f", "m", none, "", ChatRequest.unknown()));
    assertEquals(keys.size(), new HashSet<>(keys).size());
  }

  @Test
  void aBodyWithoutAModelIsNotABodyWithAnEmptyOne() {
    assertNotEquals(
        key(Route.MESSAGES, "", "{}", Fields.none()),
        key(Route.MESSAGES, "", "{\"model\":\"\"}", Fields.none()));
  }

  @Property(tries = 500)
  void linesThatDifferHaveKeysThatDiffer(
      @ForAll @Size(max = 4) List<String> one, @ForAll @Size(max = 4) List<String> other) {
    assertEquals(lines(one).equals(lines(other)), keyOf(one).equals(keyOf(other)));
    var joined = one.isEmpty() ? one : List.of(String.join(",", one));
    assertEquals(one.size() <= 1, keyOf(one).equals(keyOf(joined)));
  }

  private static List<Field> lines(List<String> values) {
    var lines = new ArrayList<Field>();
    values.forEach(value -> lines.add(new Field("x", value)));
    return lines;
  }

  private Key keyOf(List<String> values) {
    return key(Route.MESSAGES, "", BODY, Fields.of(lines(values)));
  }
}
