package io.ccrelay.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Optional;

/** The two ways of asking: what a client sends and how it reads the answer. */
enum Dialect {
  /** Anthropic Messages. */
  ANTHROPIC("/v1/messages", "message_stop") {
    @Override
    JsonObject request(String text, boolean streaming) {
      return new JsonObject()
          .put("model", "claude-sonnet-4-5")
          .put("max_tokens", 1024)
          .put("system", INSTRUCTIONS)
          .put("messages", new JsonArray().add(message("user", text)))
          .put("stream", streaming);
    }

    @Override
    String answer(JsonObject json) {
      return json.getJsonArray("content").getJsonObject(0).getString("text");
    }

    @Override
    String delta(JsonObject event) {
      return event.getString("type").equals("content_block_delta")
          ? event.getJsonObject("delta").getString("text", "")
          : "";
    }
  },
  /** OpenAI Chat Completions. */
  OPENAI("/v1/chat/completions", "[DONE]") {
    @Override
    JsonObject request(String text, boolean streaming) {
      var request =
          new JsonObject()
              .put("model", "gpt-5-mini")
              .put(
                  "messages",
                  new JsonArray().add(message("system", INSTRUCTIONS)).add(message("user", text)));
      return streaming
          ? request
              .put("stream", true)
              .put("stream_options", new JsonObject().put("include_usage", true))
          : request;
    }

    @Override
    String answer(JsonObject json) {
      return choice(json).getJsonObject("message").getString("content");
    }

    @Override
    String delta(JsonObject event) {
      return event.getJsonArray("choices").isEmpty()
          ? ""
          : choice(event).getJsonObject("delta").getString("content", "");
    }

    private JsonObject choice(JsonObject json) {
      return json.getJsonArray("choices").getJsonObject(0);
    }
  };

  /** As long as such instructions are. */
  static final String INSTRUCTIONS =
      "You are the assistant of a small software team. "
          + "Answer briefly, name the files you mean, and say what you are not sure of. "
              .repeat(12);

  private final String path;
  private final String last;

  Dialect(String path, String last) {
    this.path = path;
    this.last = last;
  }

  /** Where it is asked. */
  String path() {
    return path;
  }

  /** The body of a request. */
  abstract JsonObject request(String text, boolean streaming);

  /** The text of a JSON answer. */
  abstract String answer(JsonObject json);

  /** The text that one event adds. */
  abstract String delta(JsonObject event);

  /** The text of an event stream; empty if its last event is missing. */
  Optional<String> streamed(String events) {
    var text = new StringBuilder();
    boolean complete = false;
    for (String data :
        Arrays.stream(events.split("\n")).filter(it -> it.startsWith("data:")).toList()) {
      String value = data.substring("data:".length()).strip();
      if (value.equals("[DONE]")) {
        complete = true;
        continue;
      }
      var event = new JsonObject(value);
      complete |= last.equals(event.getString("type"));
      text.append(delta(event));
    }
    return complete ? Optional.of(text.toString()) : Optional.empty();
  }

  private static JsonObject message(String role, String content) {
    return new JsonObject().put("role", role).put("content", content);
  }
}
