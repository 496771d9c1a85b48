package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {

  private static ChatRequest read(Route route, String body, Recipe recipe) {
    var parsed = ChatRequest.parse(route, Bytes.utf8(body), recipe);
    if (parsed instanceof Parsed.Understood(ChatRequest request)) {
      return request;
    }
    throw new AssertionError(parsed + ": " + body);
  }

  private static ChatRequest read(Route route, String body) {
    return read(route, body, Recipe.BUILT_IN);
  }

  private static final String MARK = "\"cache_control\":{\"type\":\"ephemeral\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "MESSAGES|/metadata|{\"metadata\":{\"user_id\":\"u\"},\"x\":1}|{\"x\":1}",
        "MESSAGES|/diagnostics|{\"diagnostics\":{\"previous_message_id\":\"m\"}}|{}",
        "MESSAGES|/user_profile_id|{\"user_profile_id\":\"u\"}|{}",
        "CHAT_COMPLETIONS|/user|{\"user\":\"u\"}|{}",
        "CHAT_COMPLETIONS|/safety_identifier|{\"safety_identifier\":\"u\"}|{}",
        "CHAT_COMPLETIONS|/prompt_cache_key|{\"prompt_cache_key\":\"u\"}|{}",
        "RESPONSES|/prompt_cache_key|{\"prompt_cache_key\":\"u\"}|{}",
        "MESSAGES|/cache_control|{MARK}|{}",
        "MESSAGES|/system/*/cache_control|{\"system\":[{\"a\":1,MARK}]}|{\"system\":[{\"a\":1}]}",
        "MESSAGES|/tools/*/cache_control|{\"tools\":[{\"a\":1},{MARK}]}|{\"tools\":[{\"a\":1},{}]}",
        "MESSAGES|/messages/*/content/*/cache_control"
            + "|{\"messages\":[{\"content\":[{\"z\":1,MARK,\"a\":2}]}]}"
            + "|{\"messages\":[{\"content\":[{\"a\":2,\"z\":1}]}]}",
        "MESSAGES|/messages/*/content/*/content/*/cache_control"
            + "|{\"messages\":[{\"content\":[{\"content\":[{MARK}]}]}]}"
            + "|{\"messages\":[{\"content\":[{\"content\":[{}]}]}]}"
      })
  void leavesOutWhatNoAnswerDependsOn(Route route, String rule, String marked, String plain) {
    var request = read(route, marked.replace("MARK", MARK));
    assertEquals(read(route, plain).digest(), request.digest());
    assertEquals(List.of(rule), request.ignored());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "MESSAGES|{\"messages\":[{\"content\":[{\"input\":{MARK}}]}]}"
            + "|{\"messages\":[{\"content\":[{\"input\":{}}]}]}",
        "MESSAGES|{\"tools\":[{\"input_schema\":{MARK}}]}|{\"tools\":[{\"input_schema\":{}}]}",
        "MESSAGES|{\"messages\":[{MARK}]}|{\"messages\":[{}]}",
        "MESSAGES|{\"x\":{\"metadata\":1}}|{\"x\":{}}",
        "MESSAGES|{\"user\":\"u\"}|{}",
        "MESSAGES|{\"workspace_id\":\"w\"}|{}",
        "MESSAGES|{\"service_tier\":\"auto\"}|{}",
        "RESPONSES|{\"metadata\":{}}|{}",
        "RESPONSES|{\"user\":\"u\"}|{}",
        "COUNT_TOKENS|{\"x\":\"cache_control\"}|{}"
      })
  void keepsWhatOnlyLooksLikeIt(Route route, String one, String other) {
    var request = read(route, one.replace("MARK", MARK));
    assertNotEquals(read(route, other).digest(), request.digest());
    assertEquals(List.of(), request.ignored());
  }

  private static final String BILL =
      "x-anthropic-billing-header: cc_version=2.1.69; cc_entrypoint=cli; cch=a1b2c;";

  @Test
  void theAttributionBlockOfCodingAgentsIsLeftOut() {
    String rest = "{\"type\":\"text\",\"text\":\"You are\"}";
    String plain = "{\"system\":[" + rest + "]}";
    for (String block :
        List.of(
            "{\"type\":\"text\",\"text\":\"" + BILL + "\"}",
            "{\"text\":\"\\u0078" + BILL.substring(1) + "\",\"type\":\"text\"," + MARK + "}")) {
      var request = read(Route.MESSAGES, "{\"system\":[" + block + "," + rest + "]}");
      assertEquals(read(Route.MESSAGES, plain).digest(), request.digest());
      assertTrue(request.ignored().contains(RequestPlaces.BILLING_RULE));
    }
  }

  @Test
  void onlyTheFirstTextBlockCanBeTheAttribution() {
    String block = "{\"type\":\"text\",\"text\":\"" + BILL + "\"}";
    String rest = "{\"type\":\"text\",\"text\":\"You are\"}";
    String plain = "{\"system\":[" + rest + "]}";
    for (String system :
        List.of(
            rest + "," + block,
            "{\"type\":\"other\",\"text\":\"" + BILL + "\"}," + rest,
            "{\"type\":\"text\",\"text\":\" " + BILL + "\"}," + rest,
            "{\"type\":\"text\",\"x\":{\"text\":\"" + BILL + "\"}}," + rest)) {
      assertNotEquals(
          read(Route.MESSAGES, plain).digest(),
          read(Route.MESSAGES, "{\"system\":[" + system + "]}").digest(),
          system);
    }
  }

  @Test
  void ofASystemStringTheAttributionLineIsLeftOut() {
    assertEquals(
        read(Route.MESSAGES, "{\"system\":\"You are\"}").digest(),
        read(Route.MESSAGES, "{\"system\":\"" + BILL + "\\nYou are\"}").digest());
    assertNotEquals(
        read(Route.MESSAGES, "{\"system\":\"You are\"}").digest(),
        read(Route.MESSAGES, "{\"system\":\"Hello\\n" + BILL + "\\nYou are\"}").digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/seed|{\"seed\":1,\"a\":2}|{\"a\":2}",
        "/a/b|{\"a\":{\"b\":1,\"c\":2}}|{\"a\":{\"c\":2}}",
        "/a/*/b|{\"a\":[{\"b\":1},{\"b\":2,\"c\":3}]}|{\"a\":[{},{\"c\":3}]}",
        "/a/1|{\"a\":[1,2,3]}|{\"a\":[1,3]}",
        "/a/1/b|{\"a\":[{\"b\":1},{\"b\":2}]}|{\"a\":[{\"b\":1},{}]}",
        "/a/0|{\"a\":{\"0\":1}}|{\"a\":{}}",
        "/~1~0|{\"/~\":1}|{}",
        "/é|{\"\\u00e9\":1}|{}",
        "/|{\"\":1}|{}"
      })
  void pointersOfTheConfigurationAreLeftOutToo(String pointer, String marked, String plain) {
    var recipe = Recipe.of(List.of(pointer, "/nowhere/*/x"));
    var request = read(Route.MESSAGES, marked, recipe);
    assertEquals(read(Route.MESSAGES, plain).digest(), request.digest());
    assertNotEquals(read(Route.MESSAGES, marked).digest(), request.digest());
    assertEquals(List.of(pointer), request.ignored());
  }

  @Test
  void anIndexAndAStarMayMeet() {
    var recipe = Recipe.of(List.of("/a/*/b", "/a/0/c"));
    assertEquals(
        read(Route.MESSAGES, "{\"a\":[{},{\"c\":2}]}", recipe).digest(),
        read(Route.MESSAGES, "{\"a\":[{\"b\":1,\"c\":2},{\"b\":1,\"c\":2}]}", recipe).digest());
  }

  @Test
  void whatIsLeftOutIsStillNoticed() {
    var recipe = Recipe.of(List.of("/container", "/temperature", "/model"));
    var request =
        read(Route.MESSAGES, "{\"container\":\"c\",\"temperature\":0,\"model\":\"m\"}", recipe);
    assertEquals(Optional.of(BypassReason.SERVER_STATE), request.bypass());
    assertEquals(Optional.of(0.0), request.temperature());
    assertEquals(Optional.of("m"), request.model());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "seed", "/a~", "/a~2b"})
  void aMalformedPointerIsNamed(String pointer) {
    assertTrue(Recipe.fault(pointer).isPresent());
    var thrown =
        assertThrows(IllegalArgumentException.class, () -> Recipe.of(List.of("/ok", pointer)));
    assertTrue(thrown.getMessage().contains("cache.responses.ignore: " + pointer));
  }
}
