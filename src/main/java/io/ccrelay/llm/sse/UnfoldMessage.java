package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Text;
import io.ccrelay.llm.sse.Json.Verbatim;
import java.util.List;
import java.util.Optional;

/**
 * Unfolds a message of the Anthropic dialect. Texts, thinking, signatures, citations and tool input
 * come as deltas; a block of any other type stands whole in its start event, as the API sends
 * results of server tools. Confined to one call.
 */
final class UnfoldMessage {

  /** Known only at the end of an answer, so {@code message_delta} brings them. */
  private static final List<String> LATE =
      List.of("stop_reason", "stop_sequence", "stop_details", "container");

  private final Obj message;
  private final EventWriter out = new EventWriter();

  private UnfoldMessage(Obj message) {
    this.message = message;
  }

  /** The stream of {@code message}; empty if it is not a finished one. */
  static Optional<Bytes> of(Obj message) {
    return isFinished(message)
        ? Optional.of(new UnfoldMessage(message).stream())
        : Optional.empty();
  }

  private static boolean isFinished(Obj message) {
    return message.isText("type", "message")
        && message.says("stop_reason")
        && message.object("usage").filter(usage -> usage.says("output_tokens")).isPresent()
        && message.get("content") instanceof Arr(var blocks)
        && blocks.stream().allMatch(block -> block instanceof Obj b && !b.text("type").isEmpty());
  }

  private Bytes stream() {
    start();
    int index = 0;
    for (var block : message.items("content")) {
      if (block instanceof Obj content) {
        block(index++, content);
      }
    }
    end();
    return out.toBytes();
  }

  private void start() {
    var begun = message.copy().with("content", new Arr());
    LATE.forEach(name -> begun.replace(name, Verbatim.NULL));
    begun.replace("context_management", Verbatim.NULL);
    message
        .object("usage")
        .ifPresent(
            usage -> begun.put("usage", usage.copy().with("output_tokens", new Verbatim("0"))));
    out.event("message_start", event("message_start").with("message", begun));
  }

  private void end() {
    var delta = new Obj();
    for (var name : LATE) {
      var value = message.get(name);
      if (value != null) {
        delta.put(name, value);
      }
    }
    var event = event("message_delta").with("delta", delta);
    message.object("usage").ifPresent(usage -> event.put("usage", usage));
    var context = message.get("context_management");
    if (context != null) {
      event.put("context_management", context);
    }
    out.event("message_delta", event);
    out.event("message_stop", event("message_stop"));
  }

  private void block(int index, Obj block) {
    var deltas = new BlockDeltas(block);
    out.event(
        "content_block_start",
        event("content_block_start").with("index", index).with("content_block", deltas.start()));
    for (var delta : deltas.deltas()) {
      out.event(
          "content_block_delta",
          event("content_block_delta").with("index", index).with("delta", delta));
    }
    out.event("content_block_stop", event("content_block_stop").with("index", index));
  }

  private static Obj event(String type) {
    return new Obj().with("type", new Text(type));
  }
}
