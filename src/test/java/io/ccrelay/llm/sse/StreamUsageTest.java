package io.ccrelay.llm.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import io.ccrelay.testing.JsonValue;
import io.ccrelay.testing.Streams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamUsageTest {

  @ParameterizedTest
  @CsvSource({
    "anthropic-citations, MESSAGES",
    "openai-chat-usage, CHAT_COMPLETIONS",
    "openai-reasoning, CHAT_COMPLETIONS",
    "openai-completion, COMPLETIONS",
    "responses-text, RESPONSES",
  })
  void numbersOfTheUsageAreZeroAndNothingElseChanges(String name, Route route) {
    var stream = Streams.read(name);
    var zeroed = StreamUsage.zero(route, stream);
    var expected =
        stream.toUtf8().replaceAll("(\"[a-z0-9_]*(?:tokens|requests)\"):[1-9][0-9]*", "$1:0");
    assertTrue(!expected.equals(stream.toUtf8()));
    assertEquals(
        JsonValue.of(Fold.toJson(route, Bytes.utf8(expected)).orElseThrow()),
        JsonValue.of(Fold.toJson(route, zeroed).orElseThrow()));
    assertEquals(Streams.withoutPings(Bytes.utf8(expected)).toUtf8(), zeroed.toUtf8());
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai-chat", "openai-choices"})
  void eventsWithoutUsageKeepTheirBytes(String name) {
    var stream = Bytes.utf8(Streams.read(name).toUtf8().replace("\"created\":", "\"created\" :"));
    var zeroed = StreamUsage.zero(Route.CHAT_COMPLETIONS, stream).toUtf8();
    assertTrue(zeroed.startsWith(stream.toUtf8().substring(0, 300)));
  }

  @Test
  void dataOfSeveralLinesStaysDataOfSeveralLines() {
    var stream = Bytes.utf8("event: message_delta\ndata: {\ndata: \"usage\":{\"n\":7}}\n\n");
    assertEquals(
        "event: message_delta\ndata: {\ndata: \"usage\":{\"n\":0}}\n\n",
        StreamUsage.zero(Route.MESSAGES, stream).toUtf8());
  }

  @Test
  void usageThatSomebodyTalksOfStays() {
    var stream =
        Bytes.utf8(
            Streams.read("anthropic-tool-use")
                .toUtf8()
                .replace("\"name\":\"get_time\"", "\"name\":\"get_time\",\"usage\":{\"n\":7}"));
    var zeroed = StreamUsage.zero(Route.MESSAGES, stream).toUtf8();
    assertTrue(zeroed.contains("\"usage\":{\"n\":7}"), zeroed);
  }
}
