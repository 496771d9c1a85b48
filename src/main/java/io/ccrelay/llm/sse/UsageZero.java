package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import io.ccrelay.llm.sse.Json.Arr;
import io.ccrelay.llm.sse.Json.Obj;
import io.ccrelay.llm.sse.Json.Verbatim;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets the numbers of the usage in a stream to zero and keeps its fields, wherever the dialect
 * tells usage: both at the start and at the end of a message (Anthropic), in chunks (OpenAI
 * completions), in the response that an event carries (Responses API). Safe for use from any
 * context.
 */
public final class UsageZero {

  private static final Json ZERO = new Verbatim("0");

  private UsageZero() {}

  /** {@code stream} with usage of zero; events without usage keep their bytes. */
  public static Bytes inStream(Route route, Bytes stream) {
    var sink = new ByteArrayOutputStream(stream.size());
    var scanner =
        new EventScanner(Integer.MAX_VALUE, event -> zeroed(route, event).writeTo(sink));
    scanner.feed(stream);
    scanner.end();
    return Bytes.owned(sink.toByteArray());
  }

  private static Bytes zeroed(Route route, Event event) {
    return Optional.of(event.data())
        .filter(UsageMember::isIn)
        .flatMap(JsonReader::readObject)
        .map(body -> rewritten(event, zeroed(route, body)))
        .orElse(event.wire());
  }

  private static Obj zeroed(Route route, Obj body) {
    switch (route) {
      case MESSAGES -> {
        body.object("message").ifPresent(UsageZero::zeroUsage);
        zeroUsage(body);
      }
      case CHAT_COMPLETIONS, COMPLETIONS -> zeroUsage(body);
      case RESPONSES -> body.object("response").ifPresent(UsageZero::zeroUsage);
      case COUNT_TOKENS, EMBEDDINGS -> {}
    }
    return body;
  }

  private static void zeroUsage(Obj holder) {
    holder.object("usage").ifPresent(usage -> holder.put("usage", zero(usage)));
  }

  private static Json zero(Json value) {
    return switch (value) {
      case Verbatim verbatim -> verbatim.isNumber() ? ZERO : verbatim;
      case Json.Text text -> text;
      case Arr(List<Json> items) -> new Arr(items.stream().map(UsageZero::zero).toList());
      case Obj(Map<String, Json> members) -> {
        var zeroed = new Obj();
        members.forEach((name, member) -> zeroed.put(name, zero(member)));
        yield zeroed;
      }
    };
  }

  private static Bytes rewritten(Event event, Obj body) {
    var out = new EventWriter();
    if (event.name().equals(Event.UNNAMED)) {
      out.data(JsonText.of(body));
    } else {
      out.event(event.name(), body);
    }
    return out.toBytes();
  }
}
