package io.ccrelay.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The official Anthropic library against the relay: only its base URL is changed. */
class AnthropicSdkTest {

  private final Vertx vertx = Vertx.vertx();
  private FakeUpstream upstream;
  private Relays relay;
  private AnthropicClient client;

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start(vertx);
    relay =
        Relays.start(
            Relays.before(upstream, "cache: {responses: {streaming: true, tool_use: true}}"));
    client = AnthropicOkHttpClient.builder().apiKey("key-of-t1").baseUrl(relay.origin()).build();
  }

  @AfterEach
  void stop() {
    client.close();
    relay.close();
    vertx.close().await();
  }

  @Test
  void missAndHitAreTheSameMessage() {
    upstream.always(FakeUpstream.whole(200, Chats.message("Hello"), "request-id", "req_1"));
    Message miss = client.messages().create(ask("hi"));
    Message hit = client.messages().create(ask("hi"));
    assertEquals("Hello", textOf(miss));
    assertEquals(miss, hit);
    assertEquals(7, hit.usage().outputTokens());
    assertEquals(1, upstream.calls());
  }

  @Test
  void aHitHasARequestIdOfItsOwn() {
    upstream.always(FakeUpstream.whole(200, Chats.message("Hello"), "request-id", "req_1"));
    var raw = client.messages().withRawResponse();
    assertEquals("req_1", raw.create(ask("hi")).requestId().orElseThrow());
    String fresh = raw.create(ask("hi")).requestId().orElseThrow();
    assertTrue(!fresh.isEmpty() && !fresh.equals("req_1"), fresh);
  }

  @Test
  void aStreamAndItsReplayAccumulateToTheSameMessage() {
    upstream.always(FakeUpstream.events(Chats.events("Bon", "jour")));
    Message live = accumulated(ask("hi"));
    Message replayed = accumulated(ask("hi"));
    assertEquals("Bonjour", textOf(live));
    assertEquals(live, replayed);
    assertEquals("Bonjour", textOf(client.messages().create(ask("hi"))));
    assertEquals(1, upstream.calls());
  }

  @Test
  void aStoredMessageServesAStream() {
    upstream.always(FakeUpstream.whole(200, Chats.message("Hello")));
    Message json = client.messages().create(ask("hi"));
    assertEquals(json, accumulated(ask("hi")));
    assertEquals(1, upstream.calls());
  }

  @Test
  void toolCallsSurviveTheReplayInBothForms() {
    upstream.always(
        FakeUpstream.whole(
            200,
            """
            {"id":"msg_2","type":"message","role":"assistant","model":"claude-x","content":[
             {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Köln","days":3}}],
             "stop_reason":"tool_use","stop_sequence":null,
             "usage":{"input_tokens":5,"output_tokens":9}}\
            """));
    Message miss = client.messages().create(ask("weather"));
    Message hit = client.messages().create(ask("weather"));
    Message stream = accumulated(ask("weather"));
    assertEquals("toolu_1", hit.content().getFirst().asToolUse().id());
    assertEquals(
        miss.content().getFirst().asToolUse()._input(),
        stream.content().getFirst().asToolUse()._input());
    assertEquals(1, upstream.calls());
  }

  @Test
  void tokenCountsAreCached() {
    upstream.always(FakeUpstream.whole(200, "{\"input_tokens\":12}"));
    var params = MessageCountTokensParams.builder().model("claude-x").addUserMessage("hi").build();
    assertEquals(12, client.messages().countTokens(params).inputTokens());
    assertEquals(12, client.messages().countTokens(params).inputTokens());
    assertEquals(1, upstream.calls());
  }

  @Test
  void anErrorOfTheProviderIsRaisedAsItIs() {
    upstream.always(
        FakeUpstream.whole(
            400,
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                + "\"message\":\"max_tokens: required\"}}"));
    var error = assertThrows(BadRequestException.class, () -> client.messages().create(ask("hi")));
    assertTrue(error.getMessage().contains("max_tokens: required"), error.getMessage());
  }

  @Test
  void theLibraryRetriesThroughTheRelay() {
    String overloaded =
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
    upstream.next(FakeUpstream.whole(529, overloaded, "retry-after-ms", "1"));
    upstream.always(FakeUpstream.whole(200, Chats.message("Hello")));
    assertEquals("Hello", textOf(client.messages().create(ask("hi"))));
    assertEquals(2, upstream.calls());
  }

  @Test
  void aRateLimitKeepsTheFieldsThatTellWhenToComeBack() {
    upstream.always(
        FakeUpstream.whole(
            429,
            "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\"}}",
            "retry-after-ms",
            "1",
            "anthropic-ratelimit-unified-status",
            "rejected"));
    var error = assertThrows(RateLimitException.class, () -> client.messages().create(ask("hi")));
    assertEquals(
        "rejected", error.headers().values("anthropic-ratelimit-unified-status").getFirst());
    assertEquals(3, upstream.calls());
  }

  private Message accumulated(MessageCreateParams params) {
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.message();
  }

  private static MessageCreateParams ask(String prompt) {
    return MessageCreateParams.builder()
        .model("claude-x")
        .maxTokens(64)
        .addUserMessage(prompt)
        .build();
  }

  private static String textOf(Message message) {
    return message.content().getFirst().asText().text();
  }
}
