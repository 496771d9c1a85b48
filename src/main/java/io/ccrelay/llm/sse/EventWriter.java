package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.sse.Json.Obj;

/** Writes events one after another. Confined to one context. */
final class EventWriter {

  private final StringBuilder out = new StringBuilder();

  /** An event with a name, as Anthropic and the Responses API send them. */
  void event(String name, Obj data) {
    out.append("event: ").append(name).append('\n');
    data(JsonText.of(data));
  }

  /** An event of data alone, as OpenAI's completions have them. */
  void data(String data) {
    out.append("data: ").append(data).append("\n\n");
  }

  /** All events written. */
  Bytes toBytes() {
    return Bytes.utf8(out.toString());
  }
}
