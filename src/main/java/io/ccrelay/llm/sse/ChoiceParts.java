package io.ccrelay.llm.sse;

import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Text;
import io.ccrelay.llm.sse.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A choice of a completion of the OpenAI dialect as the parts its chunks carry: the role first,
 * then other strings, the content, the tool calls, and the reason it ended. Confined to one call.
 */
final class ChoiceParts {

  private static final Set<String> PLACED = Set.of("index", "message", "text", "logprobs");

  private final Obj choice;
  private final int index;
  private final List<Obj> parts = new ArrayList<>();

  private ChoiceParts(Obj choice, int index) {
    this.choice = choice;
    this.index = index;
  }

  /** The parts of the choice at {@code index}; empty if they could not be put together again. */
  static Optional<List<Obj>> of(Json value, int index, boolean chat) {
    if (!(value instanceof Obj choice) || !isFinished(choice, index)) {
      return Optional.empty();
    }
    var parts = new ChoiceParts(choice, index);
    boolean whole = chat ? parts.chat() : parts.text();
    return whole ? Optional.of(parts.parts) : Optional.empty();
  }

  private static boolean isFinished(Obj choice, int index) {
    return choice.index("index") == index && choice.says("finish_reason") && !choice.has("delta");
  }

  private boolean text() {
    if (!(choice.get("text") instanceof Text text) || choice.has("message")) {
      return false;
    }
    part("text", new Text(""));
    addLogprobs();
    TextPieces.of(text.value()).forEach(piece -> part("text", new Text(piece)));
    finish("text", new Text(""));
    return true;
  }

  private boolean chat() {
    var message = choice.object("message").filter(m -> m.has("content")).orElse(null);
    if (message == null || choice.has("text") || !callsFit(message)) {
      return false;
    }
    part("delta", opening(message));
    addLogprobs();
    message
        .members()
        .forEach((name, value) -> {
          if (!name.equals("content") && isJoined(name, value)) {
            strings(name, value);
          }
        });
    strings("content", message.get("content"));
    calls(message.items("tool_calls"));
    message.object("function_call").ifPresent(this::functionCall);
    finish("delta", new Obj());
    return true;
  }

  private static boolean callsFit(Obj message) {
    return message.items("tool_calls").stream()
        .allMatch(call -> call instanceof Obj c && !c.has("index"));
  }

  /** The first delta: strings begin empty, what cannot be cut stands whole. */
  private static Obj opening(Obj message) {
    var opening = new Obj();
    message
        .members()
        .forEach((name, value) -> {
          if (isJoined(name, value)) {
            opening.put(name, new Text(""));
          } else if (!isCall(name, value)) {
            opening.put(name, value);
          }
        });
    return opening;
  }

  private static boolean isJoined(String name, Json value) {
    return value instanceof Text && !name.equals("role");
  }

  private static boolean isCall(String name, Json value) {
    boolean calls = value instanceof Arr(var items) && !items.isEmpty();
    return (name.equals("tool_calls") && calls)
        || (name.equals("function_call") && value instanceof Obj);
  }

  private void strings(String name, @Nullable Json value) {
    if (value instanceof Text text) {
      TextPieces.of(text.value())
          .forEach(piece -> part("delta", new Obj().with(name, new Text(piece))));
    }
  }

  private void calls(List<Json> calls) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i) instanceof Obj call) {
        call(i, call);
      }
    }
  }

  private void call(int position, Obj call) {
    var cut = new CallParts(call);
    part("delta", toolCall(new Obj().with("index", position), cut.opening()));
    cut.more().forEach(more -> part("delta", toolCall(new Obj().with("index", position), more)));
  }

  private static Obj toolCall(Obj call, Obj members) {
    members.members().forEach(call::put);
    return new Obj().with("tool_calls", new Arr(List.of(call)));
  }

  private void functionCall(Obj call) {
    var cut = new CallParts(new Obj().with("function_call", call));
    part("delta", cut.opening());
    cut.more().forEach(more -> part("delta", more));
  }

  private void part(String name, Json value) {
    var part = new Obj().with("index", index).with(name, value);
    if (choice.has("logprobs")) {
      part.put("logprobs", Verbatim.NULL);
    }
    parts.add(part.with("finish_reason", Verbatim.NULL));
  }

  private void addLogprobs() {
    choice.object("logprobs").ifPresent(logprobs -> parts.getLast().put("logprobs", logprobs));
  }

  private void finish(String name, Json value) {
    part(name, value);
    choice
        .members()
        .forEach((member, said) -> {
          if (!PLACED.contains(member)) {
            parts.getLast().put(member, said);
          }
        });
  }
}
