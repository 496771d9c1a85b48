package io.ccrelay.llm.sse;

import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Text;
import java.util.ArrayList;
import java.util.List;

/** A content block of the Anthropic dialect as its start and deltas. Confined to one call. */
final class BlockDeltas {

  private final Obj start;
  private final List<Obj> deltas = new ArrayList<>();

  BlockDeltas(Obj block) {
    start = block.copy();
    switch (block.text("type")) {
      case "text" -> {
        texts("text", "text_delta");
        citations();
      }
      case "thinking" -> {
        texts("thinking", "thinking_delta");
        signature();
      }
      case "tool_use", "server_tool_use", "mcp_tool_use" -> input();
      default -> {}
    }
  }

  /** The block as its start event has it. */
  Obj start() {
    return start;
  }

  /** The deltas, in order. */
  List<Obj> deltas() {
    return deltas;
  }

  private void texts(String name, String delta) {
    var pieces = TextPieces.of(start.text(name));
    if (!pieces.isEmpty()) {
      start.put(name, new Text(""));
    }
    pieces.forEach(piece -> deltas.add(delta(delta).with(name, piece)));
  }

  private void citations() {
    var citations = start.items("citations");
    if (citations.isEmpty()) {
      return;
    }
    start.put("citations", new Arr());
    citations.forEach(citation -> deltas.add(delta("citations_delta").with("citation", citation)));
  }

  /** In one piece: a client sets it, it does not join pieces. */
  private void signature() {
    String signature = start.text("signature");
    if (!signature.isEmpty()) {
      start.put("signature", new Text(""));
      deltas.add(delta("signature_delta").with("signature", signature));
    }
  }

  /** Empty input has a delta too: a library takes a call without any for a broken one. */
  private void input() {
    if (start.get("input") instanceof Obj input) {
      start.put("input", new Obj());
      TextPieces.of(JsonText.of(input))
          .forEach(piece -> deltas.add(delta("input_json_delta").with("partial_json", piece)));
    }
  }

  private static Obj delta(String type) {
    return new Obj().with("type", type);
  }
}
