package io.ccrelay.llm.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import io.ccrelay.testing.Streams;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official client libraries make of unfolded streams and of folded answers. */
class SdkTest {

  private static final JsonMapper ANTHROPIC = com.anthropic.core.ObjectMappers.jsonMapper();
  private static final JsonMapper OPENAI = com.openai.core.ObjectMappers.jsonMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anthropic-text",
        "anthropic-thinking",
        "anthropic-tool-use",
        "anthropic-citations",
        "anthropic-interleaved"
      })
  void theAnthropicLibraryReadsAnUnfoldedMessage(String name) throws JsonProcessingException {
    var json = folded(Route.MESSAGES, name);
    var accumulator = MessageAccumulator.create();
    for (var data : unfolded(Route.MESSAGES, json)) {
      var event = ANTHROPIC.readValue(data, RawMessageStreamEvent.class);
      accumulator.accumulate(event);
    }
    var message = ANTHROPIC.readValue(json.toUtf8(), Message.class);
    assertEquals(ANTHROPIC.valueToTree(message), ANTHROPIC.valueToTree(accumulator.message()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai-chat-usage", "openai-tools", "openai-choices"})
  void theOpenAiLibraryReadsAnUnfoldedChatCompletion(String name) throws JsonProcessingException {
    var json = folded(Route.CHAT_COMPLETIONS, name);
    var accumulator = ChatCompletionAccumulator.create();
    for (var data : unfolded(Route.CHAT_COMPLETIONS, json)) {
      if (!data.equals("[DONE]")) {
        accumulator.accumulate(OPENAI.readValue(data, ChatCompletionChunk.class).validate());
      }
    }
    var answer = OPENAI.readValue(json.toUtf8(), ChatCompletion.class).validate();
    var read = accumulator.chatCompletion();
    assertEquals(answer.id(), read.id());
    assertEquals(answer.usage(), read.usage());
    assertEquals(answer.choices().size(), read.choices().size());
    for (int i = 0; i < answer.choices().size(); i++) {
      var expected = answer.choices().get(i);
      var choice = read.choices().get(i);
      assertEquals(expected.finishReason(), choice.finishReason());
      assertEquals(expected.message().content().orElse(""), choice.message().content().orElse(""));
      assertEquals(
          expected.message().toolCalls().orElse(List.of()),
          choice.message().toolCalls().orElse(List.of()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"responses-text", "responses-function"})
  void theOpenAiLibraryReadsAnUnfoldedResponse(String name) throws JsonProcessingException {
    var json = folded(Route.RESPONSES, name);
    var accumulator = ResponseAccumulator.create();
    var snapshots = ResponseAccumulator.createWithSnapshots();
    for (var data : unfolded(Route.RESPONSES, json)) {
      var event = OPENAI.readValue(data, ResponseStreamEvent.class).validate();
      accumulator.accumulate(event);
      snapshots.accumulate(event);
    }
    var response = OPENAI.readValue(json.toUtf8(), Response.class).validate();
    assertEquals(response, accumulator.response());
    assertEquals(response.output(), snapshots.reconstructedResponse().output());
  }

  @Test
  void theEventsAreLabelledAsTheAnthropicLibraryExpects() {
    var stream = Unfold.toStream(Route.MESSAGES, folded(Route.MESSAGES, "anthropic-text"), false);
    for (var block : stream.orElseThrow().toUtf8().split("\n\n")) {
      assertTrue(block.matches("(?s)event: [a-z_]+\ndata: \\{.*}"), block);
    }
  }

  private static Bytes folded(Route route, String name) {
    return Fold.toJson(route, Streams.read(name)).orElseThrow();
  }

  private static List<String> unfolded(Route route, Bytes json) {
    var data = new ArrayList<String>();
    var scanner = new EventScanner(event -> data.add(event.data().toUtf8()));
    scanner.feed(Unfold.toStream(route, json, true).orElseThrow());
    return data;
  }
}
