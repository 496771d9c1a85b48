package io.ccrelay.llm.sse;

import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Text;
import io.ccrelay.llm.sse.Json.Verbatim;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A content block of the Anthropic dialect and what its deltas add. The pieces of a tool's input
 * are joined as text and looked at only when the block is closed: one alone need not be JSON.
 * Confined to one context.
 */
final class MessageBlock {

  /** A delta consists of its type and one value. */
  private static final int MEMBERS_OF_DELTA = 2;

  private final Obj block;
  private final StringBuilder input = new StringBuilder();
  private boolean open = true;
  private boolean inputValid = true;

  /** The block as its start event gives it. */
  MessageBlock(Obj block) {
    this.block = block;
  }

  /** Adds a delta; false if it says something that the JSON form cannot express. */
  boolean add(Obj delta) {
    boolean known =
        switch (delta.text("type")) {
          case "text_delta" -> append("text", delta.get("text"));
          case "thinking_delta" -> append("thinking", delta.get("thinking"));
          case "signature_delta" -> set("signature", delta.get("signature"));
          case "input_json_delta" -> appendInput(delta.get("partial_json"));
          case "citations_delta" -> cite(delta.get("citation"));
          default -> false;
        };
    return known && delta.members().size() == MEMBERS_OF_DELTA;
  }

  private boolean append(String name, @Nullable Json value) {
    if (!(value instanceof Text more)) {
      return false;
    }
    if (block.get(name) instanceof Text text) {
      text.append(more);
    } else {
      block.put(name, more);
    }
    return true;
  }

  private boolean set(String name, @Nullable Json value) {
    if (value != null) {
      block.put(name, value);
    }
    return value != null;
  }

  private boolean appendInput(@Nullable Json value) {
    if (value instanceof Text piece) {
      input.append(piece.value());
    }
    return value instanceof Text;
  }

  private boolean cite(@Nullable Json citation) {
    if (citation == null) {
      return false;
    }
    var citations = new ArrayList<>(block.items("citations"));
    citations.add(citation);
    block.put("citations", new Arr(citations));
    return true;
  }

  /** Takes the joined input for the block's; without any the start event's stays. */
  void close() {
    open = false;
    if (!input.isEmpty()) {
      inputValid = JsonReader.isValid(input.toString());
      block.put("input", inputValid ? new Verbatim(input.toString()) : new Text(input.toString()));
    }
  }

  boolean isOpen() {
    return open;
  }

  boolean inputValid() {
    return inputValid;
  }

  /** The block as the JSON form has it. */
  Obj content() {
    return block;
  }
}
