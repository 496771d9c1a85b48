package io.ccrelay.llm.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import io.ccrelay.testing.JsonValue;
import io.ccrelay.testing.Streams;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldTest {

  @Test
  void aMessageHasItsBlocksItsStopReasonAndItsLastUsage() {
    assertEquals(
        JsonValue.of(
            """
            {"id":"msg_01Tool","type":"message","role":"assistant",
             "model":"claude-sonnet-4-5-20250929",
             "content":[
              {"type":"text","text":"I'll check the weather."},
              {"type":"tool_use","id":"toolu_01T1x1fJ34qAmk2tNTrN7Up6","name":"get_weather",
               "input":{"location": "San Francisco", "days": 1.0, "id": 9007199254740993}},
              {"type":"tool_use","id":"toolu_02NoInput","name":"get_time","input":{}}],
             "stop_reason":"tool_use","stop_sequence":null,
             "usage":{"input_tokens":472,"cache_creation_input_tokens":0,
              "cache_read_input_tokens":0,
              "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},
              "output_tokens":89,"service_tier":"standard"}}
            """),
        folded(Route.MESSAGES, "anthropic-tool-use"));
  }

  @Test
  void thinkingKeepsItsSignature() {
    var message = Fold.toJson(Route.MESSAGES, Streams.read("anthropic-thinking")).orElseThrow();
    assertTrue(
        message
            .toUtf8()
            .contains(
                """
                {"type":"thinking","thinking":"First 27 * 453 = 12231.",\
                "signature":"EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds"},\
                {"type":"redacted_thinking","data":"EmwKAhgBEgy3va3pzix"}\
                """),
        message.toUtf8());
  }

  @Test
  void toolInputKeepsItsText() {
    var message = Fold.toJson(Route.MESSAGES, Streams.read("anthropic-tool-use")).orElseThrow();
    String input =
        "\"input\":{\"location\": \"San Francisco\", \"days\": 1.0, \"id\": 9007199254740993}";
    assertTrue(message.toUtf8().contains(input), message.toUtf8());
  }

  @Test
  void citationsAreGatheredAtTheirBlock() {
    var message = Fold.toJson(Route.MESSAGES, Streams.read("anthropic-citations")).orElseThrow();
    var text = message.toUtf8();
    assertTrue(
        text.contains(
            "\"text\":\"The grass is green\",\"citations\":[{\"type\":\"char_location\""));
    assertTrue(text.contains("\"input\":{\"query\":\"grass\"}"), text);
    assertTrue(text.contains("\"server_tool_use\":{\"web_search_requests\":1,"), text);
  }

  @Test
  void aLaterNullSaysNothingAboutUsage() {
    var stream =
        replaced(
            "anthropic-text",
            "\"usage\":{\"output_tokens\":15,\"input_tokens\":25}",
            "\"usage\":{\"output_tokens\":15,\"input_tokens\":null,\"new\":null}");
    var text = Fold.toJson(Route.MESSAGES, stream).orElseThrow().toUtf8();
    assertTrue(text.contains("\"usage\":{\"input_tokens\":25,"), text);
    assertTrue(text.contains("\"new\":null"), text);
  }

  @Test
  void whatAMessageDeltaBringsBelongsToTheMessage() {
    var stream =
        replaced(
            "anthropic-text",
            "\"stop_sequence\":null},\"usage\":{\"output_tokens\":15",
            "\"stop_sequence\":null,\"container\":{\"id\":\"c\"}},"
                + "\"context_management\":{\"applied_edits\":[]},\"usage\":{\"output_tokens\":15");
    var text = Fold.toJson(Route.MESSAGES, stream).orElseThrow().toUtf8();
    assertTrue(text.contains("\"container\":{\"id\":\"c\"}"), text);
    assertTrue(text.contains("\"context_management\":{\"applied_edits\":[]}"), text);
  }

  @Test
  void aChatCompletionHasItsTextAndItsUsage() {
    assertEquals(
        JsonValue.of(
            """
            {"id":"chatcmpl-9nK1Zw","object":"chat.completion","created":1721075653,
             "model":"gpt-4o-mini-2024-07-18","service_tier":"default",
             "system_fingerprint":"fp_0f03d4f0ee",
             "choices":[{"index":0,
              "message":{"role":"assistant","content":"Hello world \uD83C\uDF0D","refusal":null},
              "logprobs":null,"finish_reason":"stop"}],
             "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18,
              "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},
              "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}}}
            """),
        folded(Route.CHAT_COMPLETIONS, "openai-chat-usage"));
  }

  @Test
  void toolCallsAreJoinedByIndex() {
    var text =
        Fold.toJson(Route.CHAT_COMPLETIONS, Streams.read("openai-tools")).orElseThrow().toUtf8();
    assertTrue(
        text.contains(
            """
            "message":{"role":"assistant","content":null,"tool_calls":[\
            {"id":"call_1","type":"function",\
            "function":{"name":"get_weather","arguments":"{\\"location\\":\\"Paris\\"}"}},\
            {"id":"call_2","type":"function",\
            "function":{"name":"get_time","arguments":"{}"}}]}\
            """),
        text);
  }

  @Test
  void choicesAndTheirLogprobsAreJoinedByIndex() {
    var text =
        Fold.toJson(Route.CHAT_COMPLETIONS, Streams.read("openai-choices")).orElseThrow().toUtf8();
    assertTrue(
        text.contains("\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Aa\"}"));
    assertTrue(text.contains("\"index\":1,\"message\":{\"role\":\"assistant\",\"content\":\"B\"}"));
    assertEquals(3, text.split("\"logprob\":-0.25", -1).length - 1);
  }

  @Test
  void reasoningIsJoinedLikeContent() {
    var text =
        Fold.toJson(Route.CHAT_COMPLETIONS, Streams.read("openai-reasoning"))
            .orElseThrow()
            .toUtf8();
    assertTrue(text.contains("\"content\":\"42\",\"reasoning_content\":\"Let me see.\""), text);
  }

  @Test
  void aCodePointCutInTwoByAProviderIsWholeAgain() {
    var stream =
        Bytes.utf8(
            Streams.read("openai-chat")
                .toUtf8()
                .replace("\"Hello\"", "\"\\ud83d\"")
                .replace("\" world \uD83C\uDF0D\"", "\"\\ude00\""));
    var text = Fold.toJson(Route.CHAT_COMPLETIONS, stream).orElseThrow().toUtf8();
    assertTrue(text.contains("\"content\":\"\uD83D\uDE00\""), text);
  }

  @Test
  void aLegacyCompletionHasItsText() {
    var text =
        Fold.toJson(Route.COMPLETIONS, Streams.read("openai-completion")).orElseThrow().toUtf8();
    assertTrue(text.contains("\"text\":\"This is it\""), text);
    assertTrue(text.contains("\"object\":\"text_completion\""), text);
    assertTrue(text.contains("\"total_tokens\":8"), text);
  }

  @Test
  void aResponseIsWhatItsLastEventCarries() {
    var stream = Streams.read("responses-text").toUtf8();
    int from = stream.lastIndexOf("\"response\":") + "\"response\":".length();
    assertEquals(
        stream.substring(from, stream.length() - "}\n\n".length()),
        Fold.toJson(Route.RESPONSES, Bytes.utf8(stream)).orElseThrow().toUtf8());
  }

  static Stream<Streams.Whole> whole() {
    return Streams.whole().stream();
  }

  @ParameterizedTest
  @MethodSource("whole")
  void lineEndsAndPingsMakeNoDifference(Streams.Whole stream) {
    var json = Fold.toJson(stream.route(), stream.bytes());
    assertTrue(json.isPresent());
    assertEquals(json, Fold.toJson(stream.route(), Streams.withLineEnds(stream.bytes(), "\r\n")));
    assertEquals(json, Fold.toJson(stream.route(), Streams.withoutPings(stream.bytes())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic-cut", "anthropic-error", "anthropic-broken-tool"})
  void aMessageThatIsNotWholeHasNoJson(String name) {
    assertEquals(Optional.empty(), Fold.toJson(Route.MESSAGES, Streams.read(name)));
  }

  @Test
  void whatNobodyKnowsHowToExpressHasNoJson() {
    var unknownDelta = replaced("anthropic-text", "\"text_delta\"", "\"haptic_delta\"");
    assertEquals(Optional.empty(), Fold.toJson(Route.MESSAGES, unknownDelta));
    var unknownMember =
        replaced("anthropic-text", "\"text\":\"Guten Tag\"", "\"text\":\"Guten Tag\",\"tone\":1");
    assertEquals(Optional.empty(), Fold.toJson(Route.MESSAGES, unknownMember));
    var otherName =
        replaced("openai-tools", "{\"arguments\":\"{\\\"loc\"}", "{\"name\":\"other\"}");
    assertEquals(Optional.empty(), Fold.toJson(Route.CHAT_COMPLETIONS, otherName));
  }

  private static Bytes replaced(String name, String part, String instead) {
    var stream = Streams.read(name).toUtf8();
    var changed = stream.replace(part, instead);
    assertNotEquals(stream, changed);
    return Bytes.utf8(changed);
  }

  private static Object folded(Route route, String name) {
    return JsonValue.of(Fold.toJson(route, Streams.read(name)).orElseThrow());
  }
}
