package io.ccrelay.llm.sse;

import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Verbatim;
import java.util.TreeMap;

/**
 * One choice of a completion of the OpenAI dialect: strings of its deltas are joined, tool calls by
 * index, log probabilities by member. A legacy completion has {@code text} in place of a delta.
 * Confined to one context.
 */
final class ChoiceAssembly {

  private final int index;
  private final Merge choice = new Merge();
  private final Merge message = new Merge();
  private final TreeMap<Integer, Merge> calls = new TreeMap<>();
  private boolean hasMessage;

  ChoiceAssembly(int index) {
    this.index = index;
  }

  void add(Obj chunk) {
    chunk.members().forEach(this::member);
  }

  private void member(String name, Json value) {
    switch (name) {
      case "index" -> {}
      case "delta" -> delta(value);
      case "text" -> choice.append(name, value);
      case "logprobs" -> choice.appendArrays(name, value);
      default -> choice.same(name, value);
    }
  }

  private void delta(Json value) {
    hasMessage = true;
    if (value instanceof Obj delta) {
      delta.members().forEach(this::messageMember);
    } else if (!value.isNull()) {
      choice.lose();
    }
  }

  private void messageMember(String name, Json value) {
    switch (name) {
      case "role" -> message.same(name, value);
      case "tool_calls" -> toolCalls(value);
      case "function_call" -> message.call(name, value);
      default -> message.append(name, value);
    }
  }

  private void toolCalls(Json value) {
    if (!(value instanceof Arr(var items)) || items.isEmpty()) {
      message.same("tool_calls", value);
      return;
    }
    for (var item : items) {
      if (item instanceof Obj call && call.index("index") >= 0) {
        var known = calls.computeIfAbsent(call.index("index"), _ -> new Merge());
        call.members().forEach((name, part) -> callMember(known, name, part));
      } else {
        message.lose();
        message.last("tool_calls", value);
      }
    }
  }

  private static void callMember(Merge call, String name, Json value) {
    switch (name) {
      case "index" -> {}
      case "function", "custom" -> call.call(name, value);
      default -> call.same(name, value);
    }
  }

  boolean isFinished() {
    return choice.object().says("finish_reason");
  }

  boolean lossless() {
    return choice.lossless()
        && message.lossless()
        && calls.values().stream().allMatch(Merge::lossless);
  }

  /** The choice as the JSON form has it. */
  Obj choice() {
    var folded = new Obj().with("index", index);
    if (hasMessage) {
      folded.put("message", message());
    }
    choice.object().members().forEach(folded::put);
    return folded;
  }

  private Obj message() {
    var folded = new Obj();
    message.object().members().forEach(folded::put);
    if (!folded.has("content")) {
      folded.put("content", Verbatim.NULL);
    }
    if (!calls.isEmpty()) {
      folded.put("tool_calls", new Arr(calls.values().stream().map(Merge::object).toList()));
    }
    return folded;
  }
}
