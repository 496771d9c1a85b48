package io.ccrelay.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The official OpenAI library against the relay: only its base URL is changed. */
class OpenAiSdkTest {

  private static final String COMPLETION =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"gpt-x",
       "choices":[{"index":0,"message":{"role":"assistant","content":"Hello","refusal":null},
                   "logprobs":null,"finish_reason":"stop"}],
       "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}\
      """;

  private static final String TOOL_CALL =
      """
      {"id":"chatcmpl-2","object":"chat.completion","created":1700000000,"model":"gpt-x",
       "choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":null,
         "tool_calls":[{"id":"call_1","type":"function",
                        "function":{"name":"weather","arguments":"{\\"city\\":\\"Köln\\"}"}}]},
         "logprobs":null,"finish_reason":"tool_calls"}],
       "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}\
      """;

  private static final String RESPONSE =
      """
      {"id":"resp_1","object":"response","created_at":1700000000,"status":"completed",
       "background":false,"error":null,"incomplete_details":null,"instructions":null,
       "max_output_tokens":null,"model":"gpt-x","metadata":{},
       "output":[{"type":"message","id":"msg_1","status":"completed","role":"assistant",
         "content":[{"type":"output_text","text":"Hello","annotations":[]}]}],
       "parallel_tool_calls":true,"previous_response_id":null,"temperature":1.0,
       "tool_choice":"auto","tools":[],"top_p":1.0,
       "usage":{"input_tokens":11,"input_tokens_details":{"cached_tokens":0},"output_tokens":7,
                "output_tokens_details":{"reasoning_tokens":0},"total_tokens":18}}\
      """;

  private final Vertx vertx = Vertx.vertx();
  private FakeUpstream upstream;
  private Relays relay;
  private OpenAIClient client;

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start(vertx);
    relay =
        Relays.start(
            Relays.before(upstream, "cache: {responses: {streaming: true, tool_use: true}}"));
    client =
        OpenAIOkHttpClient.builder().apiKey("key-of-t1").baseUrl(relay.origin() + "/v1").build();
  }

  @AfterEach
  void stop() {
    client.close();
    relay.close();
    vertx.close().await();
  }

  @Test
  void missAndHitAreTheSameCompletion() {
    upstream.always(FakeUpstream.whole(200, COMPLETION));
    ChatCompletion miss = client.chat().completions().create(ask("hi"));
    ChatCompletion hit = client.chat().completions().create(ask("hi"));
    assertEquals("Hello", hit.choices().getFirst().message().content().orElseThrow());
    assertEquals(miss, hit);
    assertEquals(1, upstream.calls());
  }

  @Test
  void aStreamAndItsReplayAccumulateToTheSameCompletion() {
    upstream.always(
        FakeUpstream.events(
            List.of(
                chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
                chunk("{\"content\":\"Bon\"}", "null"),
                chunk("{\"content\":\"jour\"}", "null"),
                chunk("{}", "\"stop\""),
                "data: [DONE]\n\n")));
    ChatCompletion live = accumulated(ask("hi"));
    ChatCompletion replayed = accumulated(ask("hi"));
    assertEquals("Bonjour", live.choices().getFirst().message().content().orElseThrow());
    assertEquals(live, replayed);
    assertEquals(1, upstream.calls());
  }

  @Test
  void aStoredCompletionServesAStreamWithUsageWhenAskedFor() {
    upstream.always(FakeUpstream.whole(200, COMPLETION));
    client.chat().completions().create(ask("hi"));
    var withUsage =
        ask("hi").toBuilder()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    ChatCompletion streamed = accumulated(withUsage);
    assertEquals("Hello", streamed.choices().getFirst().message().content().orElseThrow());
    assertEquals(18, streamed.usage().orElseThrow().totalTokens());
    assertEquals(1, upstream.calls());
  }

  @Test
  void toolCallsSurviveTheReplayInBothForms() {
    upstream.always(FakeUpstream.whole(200, TOOL_CALL));
    client.chat().completions().create(ask("weather"));
    ChatCompletion hit = client.chat().completions().create(ask("weather"));
    ChatCompletion stream = accumulated(ask("weather"));
    assertEquals(
        "{\"city\":\"Köln\"}",
        hit.choices()
            .getFirst()
            .message()
            .toolCalls()
            .orElseThrow()
            .getFirst()
            .asFunction()
            .function()
            .arguments());
    assertEquals(
        hit.choices().getFirst().message().toolCalls(),
        stream.choices().getFirst().message().toolCalls());
    assertEquals(1, upstream.calls());
  }

  @Test
  void aStoredResponseServesAStream() {
    upstream.always(FakeUpstream.whole(200, RESPONSE));
    var params = ResponseCreateParams.builder().model("gpt-x").input("hi").build();
    Response json = client.responses().create(params);
    ResponseAccumulator accumulator = ResponseAccumulator.create();
    try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(params)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    assertEquals(json, accumulator.response());
    assertEquals(1, upstream.calls());
  }

  @Test
  void embeddingsAreCached() {
    upstream.always(
        FakeUpstream.whole(
            200,
            """
            {"object":"list","model":"emb","data":[{"object":"embedding","index":0,
             "embedding":[0.25,-1.5]}],"usage":{"prompt_tokens":2,"total_tokens":2}}\
            """));
    var params =
        EmbeddingCreateParams.builder()
            .model("emb")
            .input("hi")
            .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
            .build();
    var miss = client.embeddings().create(params);
    assertEquals(miss, client.embeddings().create(params));
    assertEquals(1, upstream.calls());
  }

  @Test
  void anErrorOfTheProviderIsRaisedAsItIs() {
    upstream.always(
        FakeUpstream.whole(
            400,
            "{\"error\":{\"message\":\"no such model\",\"type\":\"invalid_request_error\","
                + "\"param\":\"model\",\"code\":\"model_not_found\"}}"));
    var error =
        assertThrows(
            BadRequestException.class, () -> client.chat().completions().create(ask("hi")));
    assertTrue(error.getMessage().contains("no such model"), error.getMessage());
  }

  @Test
  void theLibraryRetriesThroughTheRelay() {
    upstream.next(
        FakeUpstream.whole(503, "{\"error\":{\"message\":\"busy\"}}", "retry-after-ms", "1"));
    upstream.always(FakeUpstream.whole(200, COMPLETION));
    client.chat().completions().create(ask("hi"));
    assertEquals(2, upstream.calls());
  }

  private ChatCompletion accumulated(ChatCompletionCreateParams params) {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion();
  }

  private static ChatCompletionCreateParams ask(String prompt) {
    return ChatCompletionCreateParams.builder().model("gpt-x").addUserMessage(prompt).build();
  }

  private static String chunk(String delta, String finish) {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\","
        + "\"created\":1700000000,\"model\":\"gpt-x\",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"logprobs\":null,\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }
}
