package io.ccrelay.llm.sse;

import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * A call with its {@code arguments} (a custom tool's {@code input}) cut into pieces. Confined to
 * one call.
 */
final class CallParts {

  private final Obj opening;
  private final List<Obj> more = new ArrayList<>();

  /** Cuts what {@code function}, {@code custom} or {@code function_call} of {@code call} holds. */
  CallParts(Obj call) {
    opening = call.copy();
    cut("function", "arguments");
    cut("custom", "input");
    cut("function_call", "arguments");
  }

  private void cut(String name, String member) {
    if (!(opening.get(name) instanceof Obj called)
        || !(called.get(member) instanceof Text arguments)) {
      return;
    }
    opening.put(name, called.copy().with(member, new Text("")));
    TextPieces.of(arguments.value())
        .forEach(piece -> more.add(new Obj().with(name, new Obj().with(member, new Text(piece)))));
  }

  /** The call without its arguments. */
  Obj opening() {
    return opening;
  }

  /** The pieces of the arguments, each in the shape of a call. */
  List<Obj> more() {
    return more;
  }
}
