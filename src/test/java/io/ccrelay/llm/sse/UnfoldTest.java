package io.ccrelay.llm.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.AnswerReader;
import io.ccrelay.llm.Route;
import io.ccrelay.testing.Answers;
import io.ccrelay.testing.JsonValue;
import io.ccrelay.testing.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UnfoldTest {

  @Property(tries = 120)
  void aMessageSurvivesTheWayThereAndBack(@ForAll("messages") Bytes answer) {
    assertSurvives(Route.MESSAGES, answer);
  }

  @Property(tries = 120)
  void aChatCompletionSurvivesTheWayThereAndBack(@ForAll("chats") Bytes answer) {
    assertSurvives(Route.CHAT_COMPLETIONS, answer);
  }

  @Property(tries = 80)
  void aLegacyCompletionSurvivesTheWayThereAndBack(@ForAll("legacy") Bytes answer) {
    assertSurvives(Route.COMPLETIONS, answer);
  }

  @Property(tries = 80)
  void aResponseSurvivesTheWayThereAndBack(@ForAll("responses") Bytes answer) {
    assertSurvives(Route.RESPONSES, answer);
  }

  private static void assertSurvives(Route route, Bytes answer) {
    var stream = Unfold.toStream(route, answer, true).orElseThrow();
    assertEquals(JsonValue.of(answer), JsonValue.of(Fold.toJson(route, stream).orElseThrow()));
    var recorder = new StreamRecorder(route, Long.MAX_VALUE);
    recorder.feed(stream);
    var recorded = assertInstanceOf(Recording.Complete.class, recorder.finish());
    assertEquals(stream, recorded.body());
    assertEquals(AnswerReader.read(route, answer), Optional.of(recorded.facts()));
  }

  @Provide
  Arbitrary<Bytes> messages() {
    return Answers.messages();
  }

  @Provide
  Arbitrary<Bytes> chats() {
    return Answers.chats();
  }

  @Provide
  Arbitrary<Bytes> legacy() {
    return Answers.legacy();
  }

  @Provide
  Arbitrary<Bytes> responses() {
    return Answers.responses();
  }

  static Stream<Streams.Whole> foldable() {
    return Streams.whole().stream().filter(stream -> !stream.name().equals("openai-chat"));
  }

  @ParameterizedTest
  @MethodSource("foldable")
  void whatWasFoldedUnfoldsAgain(Streams.Whole stream) {
    var json = Fold.toJson(stream.route(), stream.bytes()).orElseThrow();
    var unfolded = Unfold.toStream(stream.route(), json, true).orElseThrow();
    assertEquals(
        JsonValue.of(json), JsonValue.of(Fold.toJson(stream.route(), unfolded).orElseThrow()));
  }

  @Test
  void aMessageComesInTheOrderOfTheApi() {
    assertEquals(
        List.of(
            "message_start",
            "content_block_start",
            "content_block_delta thinking_delta",
            "content_block_delta signature_delta",
            "content_block_stop",
            "content_block_start",
            "content_block_stop",
            "content_block_start",
            "content_block_delta text_delta",
            "content_block_stop",
            "message_delta",
            "message_stop"),
        names(Route.MESSAGES, "anthropic-thinking", true));
  }

  @Test
  void aResponseComesInTheOrderOfTheApi() {
    assertEquals(
        List.of(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed"),
        names(Route.RESPONSES, "responses-text", true));
  }

  @Test
  void theUsageChunkComesOnlyIfAskedFor() {
    var json = Fold.toJson(Route.CHAT_COMPLETIONS, Streams.read("openai-chat-usage")).orElseThrow();
    var with = Unfold.toStream(Route.CHAT_COMPLETIONS, json, true).orElseThrow().toUtf8();
    var without = Unfold.toStream(Route.CHAT_COMPLETIONS, json, false).orElseThrow().toUtf8();
    assertTrue(with.contains("\"choices\":[],\"usage\":{\"prompt_tokens\":11"), with);
    assertTrue(!without.contains("usage") && !without.contains("\"choices\":[]"), without);
  }

  @Test
  void longTextsAreCutBetweenCodePoints() {
    var pieces = TextPieces.of("x" + "\uD83D\uDE00".repeat(10_000));
    assertEquals(List.of(16381, 16384, 7236), pieces.stream().map(UnfoldTest::bytes).toList());
    assertEquals(List.of(), TextPieces.of(""));
  }

  @Test
  void numbersAreNotSpelledAnew() {
    var json =
        Bytes.utf8(
            """
            {"type":"message","content":[{"type":"tool_use","id":"t","name":"n",
             "input":{"a":1.0,"b":9007199254740993,"c":1e400}}],
             "stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":2}}
            """);
    var stream = Unfold.toStream(Route.MESSAGES, json, false).orElseThrow().toUtf8();
    assertTrue(
        stream.contains(
            "\"partial_json\":\"{\\\"a\\\":1.0,\\\"b\\\":9007199254740993,\\\"c\\\":1e400}\""),
        stream);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MESSAGES|[]",
        "MESSAGES|{",
        "MESSAGES|{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}",
        "MESSAGES|{\"type\":\"message\",\"content\":[],\"stop_reason\":\"end_turn\"}",
        "MESSAGES|{\"type\":\"message\",\"content\":[],\"stop_reason\":null,"
            + "\"usage\":{\"output_tokens\":1}}",
        "MESSAGES|{\"type\":\"message\",\"content\":[1],\"stop_reason\":\"end_turn\","
            + "\"usage\":{\"output_tokens\":1}}",
        "CHAT_COMPLETIONS|{\"error\":{\"message\":\"no\"}}",
        "CHAT_COMPLETIONS|{\"object\":\"chat.completion\",\"choices\":[],\"usage\":{}}",
        "CHAT_COMPLETIONS|{\"object\":\"chat.completion\",\"usage\":{},\"choices\":"
            + "[{\"index\":1,\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}",
        "CHAT_COMPLETIONS|{\"object\":\"chat.completion\",\"choices\":"
            + "[{\"index\":0,\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}",
        "RESPONSES|{\"object\":\"response\",\"status\":\"incomplete\",\"output\":[]}",
        "RESPONSES|{\"object\":\"response\",\"status\":\"completed\"}",
        "EMBEDDINGS|{\"object\":\"list\",\"data\":[]}",
      })
  void whatIsNoFinishedAnswerHasNoStream(Route route, String json) {
    assertEquals(Optional.empty(), Unfold.toStream(route, Bytes.utf8(json), true));
  }

  private static int bytes(String text) {
    return Bytes.utf8(text).size();
  }

  private static List<String> names(Route route, String fixture, boolean includeUsage) {
    var json = Fold.toJson(route, Streams.read(fixture)).orElseThrow();
    var names = new ArrayList<String>();
    var scanner =
        new EventScanner(event -> {
          var delta =
              JsonReader.readObject(event.data())
                  .flatMap(body -> body.object("delta"))
                  .map(body -> body.text("type"))
                  .orElse("");
          names.add((event.name() + " " + delta).strip());
        });
    scanner.feed(Unfold.toStream(route, json, includeUsage).orElseThrow());
    return names;
  }
}
