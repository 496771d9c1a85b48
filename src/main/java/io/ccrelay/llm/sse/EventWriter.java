package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.sse.Json.Obj;

/** Writes events one after another. Confined to one context. */
final class EventWriter {

  private final StringBuilder out = new StringBuilder();

  /** An event with a name, as Anthropic and the Responses API send them. */
  void event(String name, Obj data) {
    event(name, JsonText.of(data));
  }

  private void event(String name, String data) {
    out.append("event: ").append(name).append('\n');
    data(data);
  }

  /** {@code event} with other data. */
  static Bytes rewritten(Event event, Bytes data) {
    var writer = new EventWriter();
    if (event.name().equals(Event.UNNAMED)) {
      writer.data(data.toUtf8());
    } else {
      writer.event(event.name(), data.toUtf8());
    }
    return writer.toBytes();
  }

  /** An event of data alone, as OpenAI's completions have them. */
  void data(String data) {
    out.append("data: ").append(data.replace("\n", "\ndata: ")).append("\n\n");
  }

  /** All events written. */
  Bytes toBytes() {
    return Bytes.utf8(out.toString());
  }
}
