package io.ccrelay.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Anthropic Messages. */
record AnthropicAnswers(Facts facts) implements ProviderAnswers {

  @Override
  public JsonObject json() {
    return message(new JsonArray().add(block(facts.text())), "end_turn", facts.outputTokens());
  }

  @Override
  public List<String> stream() {
    var writes = new ArrayList<String>();
    writes.add(
        event("message_start", new JsonObject().put("message", message(new JsonArray(), null, 1)))
            + event("content_block_start", at(0).put("content_block", block(""))));
    for (String piece : facts.pieces()) {
      var delta = new JsonObject().put("type", "text_delta").put("text", piece);
      writes.add(event("content_block_delta", at(0).put("delta", delta)));
    }
    var end = new JsonObject().put("stop_reason", "end_turn").putNull("stop_sequence");
    var usage = new JsonObject().put("output_tokens", facts.outputTokens());
    writes.add(
        event("content_block_stop", at(0))
            + event("message_delta", new JsonObject().put("delta", end).put("usage", usage))
            + event("message_stop", new JsonObject()));
    return writes;
  }

  private JsonObject message(JsonArray content, @Nullable String stopReason, int outputTokens) {
    return new JsonObject()
        .put("id", "msg_demo%06d".formatted(facts.number()))
        .put("type", "message")
        .put("role", "assistant")
        .put("model", facts.model())
        .put("content", content)
        .put("stop_reason", stopReason)
        .putNull("stop_sequence")
        .put(
            "usage",
            new JsonObject()
                .put("input_tokens", facts.inputTokens())
                .put("output_tokens", outputTokens));
  }

  private static JsonObject block(String text) {
    return new JsonObject().put("type", "text").put("text", text);
  }

  private static JsonObject at(int index) {
    return new JsonObject().put("index", index);
  }

  private static String event(String type, JsonObject fields) {
    var data = new JsonObject().put("type", type).mergeIn(fields);
    return "event: " + type + "\ndata: " + data.encode() + "\n\n";
  }
}
