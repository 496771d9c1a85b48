package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reading of one request body. Confined to one context. */
final class RequestReader {

  /** Deeper documents are relayed, not compared. */
  static final int DEEPEST = 256;

  private static final String BILLING = "x-anthropic-billing-header:";

  private final byte[] bytes;
  private final int offset;
  private final int length;
  private final JsonTokens tokens;
  private final PathCursor<RequestPart> cursor;
  private final CanonicalForm form;
  private final RequestNotes notes;
  private final @Nullable PartsCollector collector;
  private final Set<String> ignored = new LinkedHashSet<>(4);
  private boolean systemIsText;
  private boolean systemBills;

  RequestReader(Route route, byte[] bytes, int offset, int length, Recipe recipe) {
    this(route, bytes, offset, length, recipe, null);
  }

  /** A reading that also tells {@code collector} of the parts. */
  RequestReader(
      Route route,
      byte[] bytes,
      int offset,
      int length,
      Recipe recipe,
      @Nullable PartsCollector collector) {
    this.collector = collector;
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.tokens = new JsonTokens(bytes, offset, length);
    this.cursor = new PathCursor<>(recipe.places(route), tokens);
    this.form = new CanonicalForm(length);
    this.notes = new RequestNotes(tokens, offset);
  }

  Parsed read() {
    JsonToken token = tokens.next();
    if (token != JsonToken.OBJECT_START && token != JsonToken.FAULT) {
      return new Parsed.Unreadable(notAnObject());
    }
    while (token != JsonToken.END) {
      if (token == JsonToken.FAULT) {
        return new Parsed.Unreadable(reason(tokens.fault()));
      }
      take(token);
      if (form.refusal() == BypassReason.DUPLICATE_KEY || notes.modelTwice()) {
        return new Parsed.Unreadable(BypassReason.DUPLICATE_KEY);
      }
      token = tokens.next();
    }
    return new Parsed.Understood(request());
  }

  /** The rest is read too: a body that is not JSON at all says so first. */
  private BypassReason notAnObject() {
    JsonToken token = tokens.next();
    while (token != JsonToken.END && token != JsonToken.FAULT) {
      token = tokens.next();
    }
    return token == JsonToken.END ? BypassReason.NOT_AN_OBJECT : reason(tokens.fault());
  }

  private static BypassReason reason(JsonTokens.Fault fault) {
    return switch (fault) {
      case EMPTY -> BypassReason.EMPTY_BODY;
      case SYNTAX, ENCODING -> BypassReason.MALFORMED;
    };
  }

  private void take(JsonToken token) {
    cursor.follow(token);
    if (token == JsonToken.NAME) {
      form.name(tokens);
      if (collector != null) {
        collector.named(tokens.text(), tokens.depth(), form);
      }
      return;
    }
    var part = cursor.here();
    if (part != null && token != JsonToken.OBJECT_END && token != JsonToken.ARRAY_END) {
      notes.take(part.role(), token);
    }
    write(token, part);
    if (part != null && token != JsonToken.OBJECT_START && token != JsonToken.ARRAY_START) {
      ended(part, token);
    }
    if (collector != null) {
      collect(collector, token);
    }
  }

  private void collect(PartsCollector parts, JsonToken token) {
    if (token == JsonToken.ARRAY_START) {
      parts.opened(tokens.depth(), form);
    } else if (token != JsonToken.OBJECT_START) {
      parts.ended(tokens.depth(), form);
    }
  }

  private void write(JsonToken token, @Nullable RequestPart part) {
    switch (token) {
      case OBJECT_START, ARRAY_START -> open(token);
      case OBJECT_END -> form.endObject();
      case ARRAY_END -> form.endArray();
      case STRING -> string(part);
      case NUMBER -> form.number(tokens);
      case TRUE -> form.literal('t');
      case FALSE -> form.literal('f');
      case NULL -> form.literal('n');
      default -> throw new IllegalStateException("not a value: " + token);
    }
  }

  private void open(JsonToken token) {
    if (tokens.depth() > DEEPEST && form.refusal() == null) {
      form.refuse(BypassReason.TOO_DEEP);
    }
    if (token == JsonToken.OBJECT_START) {
      form.beginObject();
    } else {
      form.beginArray();
    }
  }

  private void string(@Nullable RequestPart part) {
    var role = part == null ? RequestPart.Role.NONE : part.role();
    switch (role) {
      case SYSTEM_STRING -> systemString();
      case SYSTEM_TYPE -> systemIsText = tokens.text().equals("text");
      case SYSTEM_TEXT -> systemBills = bills();
      default -> {}
    }
    if (role != RequestPart.Role.SYSTEM_STRING) {
      form.string(tokens);
    }
  }

  private void systemString() {
    if (!bills()) {
      form.string(tokens);
      return;
    }
    String text = tokens.text();
    int line = text.indexOf('\n');
    String rest = line < 0 ? "" : text.substring(line + 1);
    form.string(rest.getBytes(StandardCharsets.UTF_8));
    ignored.add(RequestPlaces.BILLING_RULE);
  }

  private boolean bills() {
    int span = tokens.to() - tokens.from();
    return span >= BILLING.length()
        && (tokens.escaped() || bytes[tokens.from()] == 'x')
        && tokens.text().startsWith(BILLING);
  }

  /** A value that means something has ended. */
  private void ended(RequestPart part, JsonToken token) {
    boolean billed =
        part.role() == RequestPart.Role.SYSTEM_BLOCK
            && token == JsonToken.OBJECT_END
            && systemIsText
            && systemBills;
    boolean nothing =
        part.role() == RequestPart.Role.STREAM_OPTIONS
            && token == JsonToken.OBJECT_END
            && form.justClosedEmptyObject();
    if (billed) {
      ignored.add(RequestPlaces.BILLING_RULE);
    }
    part.leftOut().filter(rule -> !rule.isEmpty()).ifPresent(ignored::add);
    if (billed || nothing || part.leftOut().isPresent()) {
      form.drop();
    }
  }

  private ChatRequest request() {
    var refusal = Optional.ofNullable(form.refusal()).or(notes::bypass);
    byte[] digest = refusal.isEmpty() ? form.digest() : Sha256.of(bytes, offset, length);
    return new ChatRequest(
        notes.model(),
        notes.modelSpan(),
        notes.stream(),
        notes.includeUsage(),
        notes.temperature(),
        Bytes.owned(digest),
        List.copyOf(ignored),
        notes.toolIds(),
        refusal);
  }
}
