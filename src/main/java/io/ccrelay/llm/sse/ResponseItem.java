package io.ccrelay.llm.sse;

import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Text;
import java.util.List;

/**
 * The events of one output item of the Responses API. Messages, reasoning summaries and calls of
 * the client's tools come in deltas; any other item, and one without id, comes whole. Confined to
 * one call.
 */
final class ResponseItem {

  private final ResponseEvents out;
  private final int index;
  private final Obj item;

  ResponseItem(ResponseEvents out, int index, Obj item) {
    this.out = out;
    this.index = index;
    this.item = item;
  }

  void send() {
    switch (item.text("id").isEmpty() ? "" : item.text("type")) {
      case "message" -> message();
      case "reasoning" -> reasoning();
      case "function_call" -> call("arguments", "response.function_call_arguments");
      case "custom_tool_call" -> call("input", "response.custom_tool_call_input");
      default -> added(item);
    }
    out.send("response.output_item.done", place().with("item", item));
  }

  private void message() {
    added(begun().with("content", new Arr()));
    List<Json> content = item.items("content");
    for (int i = 0; i < content.size(); i++) {
      if (content.get(i) instanceof Obj part) {
        part(i, part);
      }
    }
  }

  private void part(int content, Obj part) {
    switch (part.text("type")) {
      case "output_text" -> text(content, part);
      case "refusal" -> refusal(content, part);
      default -> partAdded(content, part);
    }
    out.send("response.content_part.done", within(content).with("part", part));
  }

  private void text(int content, Obj part) {
    var empty = part.copy().with("text", new Text(""));
    empty.replace("annotations", new Arr());
    empty.replace("logprobs", new Arr());
    partAdded(content, empty);
    for (var piece : TextPieces.of(part.text("text"))) {
      out.send(
          "response.output_text.delta",
          within(content).with("delta", piece).with("logprobs", new Arr()));
    }
    annotations(content, part.items("annotations"));
    out.send(
        "response.output_text.done",
        within(content)
            .with("text", part.text("text"))
            .with("logprobs", new Arr(part.items("logprobs"))));
  }

  private void annotations(int content, List<Json> annotations) {
    for (int i = 0; i < annotations.size(); i++) {
      out.send(
          "response.output_text.annotation.added",
          within(content).with("annotation_index", i).with("annotation", annotations.get(i)));
    }
  }

  private void refusal(int content, Obj part) {
    partAdded(content, part.copy().with("refusal", new Text("")));
    for (var piece : TextPieces.of(part.text("refusal"))) {
      out.send("response.refusal.delta", within(content).with("delta", piece));
    }
    out.send("response.refusal.done", within(content).with("refusal", part.text("refusal")));
  }

  private void partAdded(int content, Obj part) {
    out.send("response.content_part.added", within(content).with("part", part));
  }

  private void reasoning() {
    added(begun().with("summary", new Arr()));
    List<Json> summary = item.items("summary");
    for (int i = 0; i < summary.size(); i++) {
      if (summary.get(i) instanceof Obj part) {
        summary(i, part);
      }
    }
  }

  private void summary(int position, Obj part) {
    out.send(
        "response.reasoning_summary_part.added",
        summarised(position).with("part", part.copy().with("text", new Text(""))));
    for (var piece : TextPieces.of(part.text("text"))) {
      out.send("response.reasoning_summary_text.delta", summarised(position).with("delta", piece));
    }
    out.send(
        "response.reasoning_summary_text.done",
        summarised(position).with("text", part.text("text")));
    out.send("response.reasoning_summary_part.done", summarised(position).with("part", part));
  }

  private void call(String member, String event) {
    added(begun().with(member, new Text("")));
    for (var piece : TextPieces.of(item.text(member))) {
      out.send(event + ".delta", identified().with("delta", piece));
    }
    var done = identified();
    if (item.has("name")) {
      done.put("name", new Text(item.text("name")));
    }
    out.send(event + ".done", done.with(member, item.text(member)));
  }

  private Obj begun() {
    var begun = item.copy();
    begun.replace("status", new Text("in_progress"));
    return begun;
  }

  private void added(Obj begun) {
    out.send("response.output_item.added", place().with("item", begun));
  }

  private Obj place() {
    return new Obj().with("output_index", index);
  }

  private Obj identified() {
    return new Obj().with("item_id", item.text("id")).with("output_index", index);
  }

  private Obj within(int content) {
    return identified().with("content_index", content);
  }

  private Obj summarised(int position) {
    return identified().with("summary_index", position);
  }
}
