package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.LastQuestion.Reason;
import io.ccrelay.llm.ModelEdit.Span;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for the last question of one request body. Confined to one context. */
final class QuestionReader {

  private enum Place {
    TOOL,
    INPUT,
    MESSAGE,
    ITEM_TYPE,
    ROLE,
    CONTENT,
    PART,
    PART_TYPE,
    PART_TEXT
  }

  private static final Set<String> TEXTS = Set.of("text", "input_text", "output_text");

  private static final Map<Route, PathTree<Place>> TREES = new EnumMap<>(Route.class);

  static {
    TREES.put(Route.MESSAGES, tree("/messages"));
    TREES.put(Route.CHAT_COMPLETIONS, tree("/messages"));
    TREES.put(Route.RESPONSES, tree("/input"));
  }

  private final Bytes body;
  private final JsonTokens tokens;
  private final int offset;
  private final PathCursor<Place> cursor;
  private @Nullable Reason unfit;
  private int messages;
  private String role = "";
  private int texts;
  private int parts;
  private int textParts;
  private @Nullable Span span;
  private String text = "";

  QuestionReader(Route route, Bytes body, JsonTokens tokens, int offset) {
    this.body = body;
    this.tokens = tokens;
    this.offset = offset;
    this.cursor = new PathCursor<>(Objects.requireNonNull(TREES.get(route)), tokens);
  }

  private static PathTree<Place> tree(String list) {
    var places = new LinkedHashMap<String, Place>();
    places.put("/tools/*", Place.TOOL);
    places.put("/functions/*", Place.TOOL);
    places.put("/mcp_servers/*", Place.TOOL);
    places.put(list, Place.INPUT);
    places.put(list + "/*", Place.MESSAGE);
    places.put(list + "/*/type", Place.ITEM_TYPE);
    places.put(list + "/*/role", Place.ROLE);
    places.put(list + "/*/content", Place.CONTENT);
    places.put(list + "/*/content/*", Place.PART);
    places.put(list + "/*/content/*/type", Place.PART_TYPE);
    places.put(list + "/*/content/*/text", Place.PART_TEXT);
    return PathTree.of(places, (one, _) -> one);
  }

  LastQuestion read() {
    JsonToken token = tokens.next();
    while (token != JsonToken.END) {
      if (token == JsonToken.FAULT) {
        return new LastQuestion.Unfit(Reason.NO_QUESTION);
      }
      cursor.follow(token);
      Place place = cursor.here();
      if (place != null && token != JsonToken.NAME) {
        take(place, token);
      }
      token = tokens.next();
    }
    return result();
  }

  private LastQuestion result() {
    if (unfit != null) {
      return new LastQuestion.Unfit(unfit);
    }
    boolean plain = role.equals("user") && texts == 1 && parts == textParts;
    if (span == null || !plain || text.isBlank()) {
      return new LastQuestion.Unfit(Reason.NO_QUESTION);
    }
    return new LastQuestion.Asked(text, ModelEdit.apply(body, span, ""), messages);
  }

  private void take(Place place, JsonToken token) {
    boolean ends = token == JsonToken.OBJECT_END || token == JsonToken.ARRAY_END;
    switch (place) {
      case TOOL -> refuse(Reason.TOOLS);
      case INPUT -> input(token);
      case MESSAGE -> message(token);
      case ITEM_TYPE -> refuseUnless(textIs(token, Set.of("message")));
      case ROLE -> role = token == JsonToken.STRING ? tokens.text() : "";
      case CONTENT -> content(token, ends);
      case PART -> {
        refuseUnless(token == JsonToken.OBJECT_START || ends);
        parts += ends ? 0 : 1;
      }
      case PART_TYPE -> {
        refuseUnless(textIs(token, TEXTS));
        textParts++;
      }
      case PART_TEXT -> found(token);
    }
  }

  /** The Responses API takes one text in place of a list. */
  private void input(JsonToken token) {
    if (token == JsonToken.STRING) {
      messages = 1;
      role = "user";
      found(token);
    }
  }

  private void message(JsonToken token) {
    if (token == JsonToken.OBJECT_START) {
      finishMessage();
      messages++;
      role = "";
      texts = 0;
      parts = 0;
      textParts = 0;
      span = null;
      text = "";
    } else if (token != JsonToken.OBJECT_END) {
      refuse(Reason.NOT_TEXT);
    }
  }

  /** Every message of the conversation has to be text, not the last alone. */
  private void finishMessage() {
    refuseUnless(parts == textParts);
  }

  private void content(JsonToken token, boolean ends) {
    if (token == JsonToken.STRING) {
      found(token);
    } else {
      refuseUnless(token == JsonToken.ARRAY_START || ends);
    }
  }

  private void found(JsonToken token) {
    refuseUnless(token == JsonToken.STRING);
    if (token == JsonToken.STRING) {
      texts++;
      text = tokens.text();
      span = new Span(tokens.from() - 1 - offset, tokens.to() + 1 - offset);
    }
  }

  private boolean textIs(JsonToken token, Set<String> allowed) {
    return token == JsonToken.STRING
        && tokens.to() - tokens.from() < 64
        && allowed.contains(tokens.text());
  }

  private void refuseUnless(boolean holds) {
    if (!holds) {
      refuse(Reason.NOT_TEXT);
    }
  }

  private void refuse(Reason reason) {
    if (unfit == null) {
      unfit = reason;
    }
  }
}
