package io.ccrelay.llm;

import io.ccrelay.llm.ModelEdit.Span;
import io.ccrelay.llm.RequestPart.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request says of itself, noted value by value. Confined to one context. */
final class RequestNotes {

  /** Ids beyond this many are not remembered; no conversation has as many. */
  private static final int MOST_TOOL_IDS = 1 << 16;

  /**
   * Tools that the service runs itself and that may act: on a container with state, or through
   * servers of third parties. Searching tools only read.
   */
  private static final List<String> ACTING_TOOLS =
      List.of("code_execution", "code_interpreter", "mcp");

  private static final List<String> REFERRING_ITEMS = List.of("item_reference");

  private final JsonTokens tokens;
  private final int offset;
  private @Nullable String model;
  private @Nullable Span modelSpan;
  private boolean modelTwice;
  private boolean stream;
  private boolean includeUsage;
  private Optional<Double> temperature = Optional.empty();
  private Optional<BypassReason> bypass = Optional.empty();
  private Set<String> toolIds = Set.of();

  RequestNotes(JsonTokens tokens, int offset) {
    this.tokens = tokens;
    this.offset = offset;
  }

  Optional<String> model() {
    return Optional.ofNullable(model);
  }

  Optional<Span> modelSpan() {
    return Optional.ofNullable(modelSpan);
  }

  boolean modelTwice() {
    return modelTwice;
  }

  boolean stream() {
    return stream;
  }

  boolean includeUsage() {
    return includeUsage;
  }

  Optional<Double> temperature() {
    return temperature;
  }

  Optional<BypassReason> bypass() {
    return bypass;
  }

  Set<String> toolIds() {
    return toolIds;
  }

  /** A value begins, or is, {@code token}. */
  void take(Role role, JsonToken token) {
    switch (role) {
      case MODEL -> model(token);
      case STREAM -> stream = flag(token);
      case INCLUDE_USAGE -> includeUsage = flag(token);
      case TEMPERATURE -> temperature = token == JsonToken.NUMBER ? number() : Optional.empty();
      case TOOL_ID -> toolId(token);
      case STATE -> objectIf(token != JsonToken.NULL, BypassReason.SERVER_STATE);
      case STATE_IF_TRUE -> objectIf(token == JsonToken.TRUE, BypassReason.SERVER_STATE);
      case EFFECTS -> objectIf(token != JsonToken.NULL, BypassReason.SERVER_TOOLS);
      case TOOL_TYPE -> objectIf(startsLike(token, ACTING_TOOLS), BypassReason.SERVER_TOOLS);
      case ITEM_TYPE -> objectIf(startsLike(token, REFERRING_ITEMS), BypassReason.SERVER_STATE);
      case NONE, STREAM_OPTIONS, SYSTEM_STRING, SYSTEM_BLOCK, SYSTEM_TYPE, SYSTEM_TEXT -> {}
    }
  }

  private void model(JsonToken token) {
    modelTwice |= model != null;
    objectIf(token != JsonToken.STRING, BypassReason.WRONG_TYPE);
    if (token == JsonToken.STRING) {
      model = tokens.text();
      modelSpan = new Span(tokens.from() - 1 - offset, tokens.to() + 1 - offset);
    }
  }

  private boolean flag(JsonToken token) {
    boolean known = token == JsonToken.TRUE || token == JsonToken.FALSE || token == JsonToken.NULL;
    objectIf(!known, BypassReason.WRONG_TYPE);
    return token == JsonToken.TRUE;
  }

  private Optional<Double> number() {
    if (tokens.to() - tokens.from() > 64) {
      return Optional.empty();
    }
    return Optional.of(Double.valueOf(tokens.text()));
  }

  private void toolId(JsonToken token) {
    if (token == JsonToken.STRING && toolIds.size() < MOST_TOOL_IDS) {
      if (toolIds.isEmpty()) {
        toolIds = new HashSet<>();
      }
      toolIds.add(tokens.text());
    }
  }

  private boolean startsLike(JsonToken token, List<String> starts) {
    if (token != JsonToken.STRING || tokens.to() - tokens.from() > 512) {
      return false;
    }
    String type = tokens.text();
    return starts.stream().anyMatch(type::startsWith);
  }

  private void objectIf(boolean applies, BypassReason reason) {
    if (applies && bypass.isEmpty()) {
      bypass = Optional.of(reason);
    }
  }
}
