package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Text;
import io.ccrelay.llm.sse.Json.Verbatim;
import java.util.Optional;

/**
 * Unfolds an answer of the OpenAI Responses API: {@code response.created}, the events of each
 * output item, {@code response.completed} with the whole answer. Confined to one call.
 */
final class UnfoldResponse {

  private final Obj response;
  private final ResponseEvents out = new ResponseEvents();

  private UnfoldResponse(Obj response) {
    this.response = response;
  }

  /** The stream of {@code response}; empty if it is not a completed one. */
  static Optional<Bytes> of(Obj response) {
    boolean completed =
        response.isText("object", "response")
            && response.isText("status", "completed")
            && response.get("output") instanceof Arr(var items)
            && items.stream().allMatch(Obj.class::isInstance);
    return completed ? Optional.of(new UnfoldResponse(response).stream()) : Optional.empty();
  }

  private Bytes stream() {
    out.send("response.created", new Obj().with("response", begun()));
    out.send("response.in_progress", new Obj().with("response", begun()));
    int index = 0;
    for (var item : response.items("output")) {
      if (item instanceof Obj object) {
        new ResponseItem(out, index++, object).send();
      }
    }
    out.send("response.completed", new Obj().with("response", response));
    return out.toBytes();
  }

  private Obj begun() {
    var begun = response.copy().with("status", new Text("in_progress")).with("output", new Arr());
    begun.replace("completed_at", Verbatim.NULL);
    begun.replace("usage", Verbatim.NULL);
    return begun;
  }
}
