package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Unfolds a completion of the OpenAI dialect, chat or legacy, choice by choice. All chunks have the
 * same id, time of creation and model; one for each choice has its {@code finish_reason}; the usage
 * chunk comes only if it was asked for. Confined to one call.
 */
final class UnfoldChunks {

  private final boolean includeUsage;
  private final Obj answer;
  private final Obj common;
  private final EventWriter out = new EventWriter();

  private UnfoldChunks(Obj answer, String object, boolean includeUsage) {
    this.answer = answer;
    this.includeUsage = includeUsage;
    common = answer.copy();
    common.replace("object", new Json.Text(object));
    common.remove("choices");
    common.remove("usage");
  }

  /** The stream of {@code answer}; empty if it is not a finished one or has no usage asked for. */
  static Optional<Bytes> of(Route route, Obj answer, boolean includeUsage) {
    boolean chat = route == Route.CHAT_COMPLETIONS;
    boolean fits =
        answer.isText("object", chat ? "chat.completion" : "text_completion")
            && (!includeUsage || answer.object("usage").isPresent())
            && !answer.items("choices").isEmpty();
    if (!fits) {
      return Optional.empty();
    }
    var unfold =
        new UnfoldChunks(answer, chat ? "chat.completion.chunk" : "text_completion", includeUsage);
    return unfold.stream(chat);
  }

  /** Ends of choices come last: a library takes the first end for that of the whole answer. */
  private Optional<Bytes> stream(boolean chat) {
    var choices = answer.items("choices");
    var ends = new ArrayList<Obj>();
    for (int index = 0; index < choices.size(); index++) {
      var parts = ChoiceParts.of(choices.get(index), index, chat).orElse(List.of());
      if (parts.isEmpty()) {
        return Optional.empty();
      }
      parts.subList(0, parts.size() - 1).forEach(this::part);
      ends.add(parts.getLast());
    }
    ends.forEach(this::part);
    if (includeUsage) {
      answer.object("usage").ifPresent(usage -> chunk(List.of(), usage));
    }
    out.data("[DONE]");
    return Optional.of(out.toBytes());
  }

  private void part(Obj choice) {
    chunk(List.of(choice), Verbatim.NULL);
  }

  private void chunk(List<Json> choices, Json usage) {
    var chunk = common.copy().with("choices", new Arr(choices));
    if (includeUsage) {
      chunk.put("usage", usage);
    }
    out.data(JsonText.of(chunk));
  }
}
