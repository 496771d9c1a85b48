package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an answer says of itself, noted value by value. Confined to one context. */
final class AnswerNotes {

  private static final Set<String> NATURAL =
      Set.of("end_turn", "stop_sequence", "stop", "completed");

  /** Tools that ran at the service; whatever else is a call waits for the client. */
  private static final Set<String> SERVED_CALLS =
      Set.of(
          "code_interpreter_call",
          "file_search_call",
          "image_generation_call",
          "mcp_call",
          "web_search_call");

  /** Items that say nothing by being there. */
  private static final Set<String> SILENT =
      Set.of("", "message", "output_text", "reasoning", "redacted_thinking", "text", "thinking");

  private final JsonTokens tokens;
  private boolean error;
  private boolean content;
  private boolean refusal;
  private boolean toolUse;
  private boolean toolInputValid = true;
  private boolean serverState;
  private int choices;
  private long inputTokens;
  private long outputTokens;
  private Optional<String> stop = Optional.empty();
  private Optional<String> stopDetail = Optional.empty();
  private Optional<String> id = Optional.empty();
  private Optional<String> model = Optional.empty();
  private final List<String> toolIds = new ArrayList<>(0);
  private String itemType = "";
  private String itemId = "";
  private boolean itemInputValid = true;
  private boolean itemOpen;
  private boolean itemContent;

  AnswerNotes(JsonTokens tokens) {
    this.tokens = tokens;
  }

  AnswerFacts facts() {
    var reason = stopDetail.filter(detail -> !stop.equals(Optional.of("completed"))).or(() -> stop);
    boolean failed = error || stop.equals(Optional.of("failed"));
    boolean filtered = reason.equals(Optional.of("content_filter"));
    return new AnswerFacts(
        failed,
        !content && !toolUse,
        refusal || reason.equals(Optional.of("refusal")),
        filtered,
        toolUse,
        toolInputValid,
        reason,
        serverState,
        choices > 1,
        new Usage(inputTokens, outputTokens),
        toolIds,
        id,
        model);
  }

  /** The value that {@code token} is, begins or ends. */
  void take(AnswerPart part, JsonToken token) {
    boolean end = token == JsonToken.OBJECT_END || token == JsonToken.ARRAY_END;
    if (part == AnswerPart.ITEM) {
      item(end, token);
    } else if (!end) {
      value(part, token);
    }
  }

  private void value(AnswerPart part, JsonToken token) {
    boolean given = token != JsonToken.NULL;
    switch (part) {
      case ID -> id = text(token).or(() -> id);
      case MODEL -> model = text(token).or(() -> model);
      case KIND -> error |= text(token).filter("error"::equals).isPresent();
      case ERROR -> error |= given && token != JsonToken.FALSE;
      case ERROR_CODE -> error |= token == JsonToken.NUMBER && !tokens.text().equals("0");
      case STOP -> text(token).ifPresent(this::stopped);
      case STOP_DETAIL -> stopDetail = text(token).or(() -> stopDetail);
      case STATE -> serverState |= given;
      case STATE_IF_TRUE -> serverState |= token == JsonToken.TRUE;
      case ITEM_TYPE -> itemType = text(token).orElse("");
      case ITEM_ID -> itemId = text(token).orElse("");
      case ITEM_INPUT -> itemInputValid = token == JsonToken.OBJECT_START;
      case CHOICE -> choices++;
      case CONTENT -> said(text(token).filter(text -> !text.isBlank()).isPresent());
      case VALUE -> content |= given;
      case REFUSAL -> refusal |= text(token).filter(text -> !text.isBlank()).isPresent();
      case CALL -> toolUse |= given;
      case CALL_ID -> text(token).ifPresent(toolIds::add);
      case ARGUMENTS -> toolInputValid &= text(token).filter(AnswerNotes::isObject).isPresent();
      case INPUT_TOKENS -> inputTokens += count(token);
      case OUTPUT_TOKENS -> outputTokens += count(token);
      case ITEM -> throw new IllegalStateException("items have an end");
    }
  }

  /** What a model says while it reasons is not its answer; the type of an item may come last. */
  private void said(boolean something) {
    if (itemOpen) {
      itemContent |= something;
    } else {
      content |= something;
    }
  }

  /** Of several choices the one that did not end by itself tells. */
  private void stopped(String reason) {
    if (stop.isEmpty() || NATURAL.contains(stop.get())) {
      stop = Optional.of(reason);
    }
  }

  private void item(boolean end, JsonToken token) {
    itemOpen = token == JsonToken.OBJECT_START;
    if (!end) {
      itemType = "";
      itemId = "";
      itemInputValid = true;
      itemContent = false;
      return;
    }
    content |= itemContent && !itemType.equals("reasoning");
    if (waitsForClient(itemType)) {
      toolUse = true;
      toolInputValid &= itemInputValid;
      if (!itemId.isEmpty()) {
        toolIds.add(itemId);
      }
    } else if (!SILENT.contains(itemType)) {
      content = true;
    }
  }

  private static boolean waitsForClient(String type) {
    return type.equals("tool_use")
        || type.equals("mcp_approval_request")
        || (type.endsWith("_call") && !SERVED_CALLS.contains(type));
  }

  private Optional<String> text(JsonToken token) {
    return token == JsonToken.STRING ? Optional.of(tokens.text()) : Optional.empty();
  }

  private long count(JsonToken token) {
    int digits = tokens.to() - tokens.from();
    if (token != JsonToken.NUMBER || digits > 15) {
      return 0;
    }
    double value = Double.parseDouble(tokens.text());
    return value >= 0 && value < 1e15 ? (long) value : 0;
  }

  private static boolean isObject(String json) {
    return JsonTokens.isObject(Bytes.utf8(json));
  }
}
