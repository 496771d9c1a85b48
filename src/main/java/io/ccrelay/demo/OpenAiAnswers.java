package io.ccrelay.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenAI Chat Completions. */
record OpenAiAnswers(Facts facts) implements ProviderAnswers {

  private static final int CREATED = 1_700_000_000;

  @Override
  public JsonObject json() {
    var message = new JsonObject().put("role", "assistant").put("content", facts.text());
    return completion("chat.completion")
        .put("choices", choice("message", message, "stop"))
        .put("usage", usage());
  }

  @Override
  public List<String> stream() {
    var writes = new ArrayList<String>();
    writes.add(chunk(new JsonObject().put("role", "assistant").put("content", ""), null));
    for (String piece : facts.pieces()) {
      writes.add(chunk(new JsonObject().put("content", piece), null));
    }
    var counted =
        completion("chat.completion.chunk").put("choices", new JsonArray()).put("usage", usage());
    writes.add(chunk(new JsonObject(), "stop") + data(counted) + "data: [DONE]\n\n");
    return writes;
  }

  private String chunk(JsonObject delta, @Nullable String finishReason) {
    return data(
        completion("chat.completion.chunk").put("choices", choice("delta", delta, finishReason)));
  }

  private JsonObject completion(String object) {
    return new JsonObject()
        .put("id", "chatcmpl-demo%06d".formatted(facts.number()))
        .put("object", object)
        .put("created", CREATED)
        .put("model", facts.model());
  }

  private static JsonArray choice(String name, JsonObject content, @Nullable String finishReason) {
    return new JsonArray()
        .add(
            new JsonObject().put("index", 0).put(name, content).put("finish_reason", finishReason));
  }

  private JsonObject usage() {
    return new JsonObject()
        .put("prompt_tokens", facts.inputTokens())
        .put("completion_tokens", facts.outputTokens())
        .put("total_tokens", facts.inputTokens() + facts.outputTokens());
  }

  private static String data(JsonObject chunk) {
    return "data: " + chunk.encode() + "\n\n";
  }
}
