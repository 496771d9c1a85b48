package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import io.ccrelay.llm.UsageZero;
import java.io.ByteArrayOutputStream;

/**
 * The usage that a stream tells, wherever its dialect tells it: at the start and at the end of a
 * message (Anthropic), in chunks (OpenAI completions), in the response that an event carries
 * (Responses API). Safe for use from any context.
 */
public final class StreamUsage {

  private StreamUsage() {}

  /** {@code stream} with every number of its usage set to zero, all else as it was. */
  public static Bytes zero(Route route, Bytes stream) {
    if (!UsageMember.isIn(stream)) {
      return stream;
    }
    var sink = new ByteArrayOutputStream(stream.size());
    var scanner = new EventScanner(Integer.MAX_VALUE, event -> zeroed(route, event).writeTo(sink));
    scanner.feed(stream);
    scanner.end();
    return Bytes.owned(sink.toByteArray());
  }

  private static Bytes zeroed(Route route, Event event) {
    if (!UsageMember.isIn(event.data())) {
      return event.wire();
    }
    var data = zeroed(route, event.name(), event.data());
    return data.equals(event.data()) ? event.wire() : EventWriter.rewritten(event, data);
  }

  private static Bytes zeroed(Route route, String name, Bytes data) {
    return switch (route) {
      case MESSAGES ->
          name.equals("message_start") ? within("message", data) : UsageZero.apply(data);
      case RESPONSES -> within("response", data);
      case CHAT_COMPLETIONS, COMPLETIONS, COUNT_TOKENS, EMBEDDINGS -> UsageZero.apply(data);
    };
  }

  private static Bytes within(String member, Bytes data) {
    return JsonReader.member(data, member)
        .map(span -> {
          var sink = new ByteArrayOutputStream(data.size());
          data.slice(0, span.from()).writeTo(sink);
          UsageZero.apply(data.slice(span.from(), span.to())).writeTo(sink);
          data.slice(span.to(), data.size()).writeTo(sink);
          return Bytes.owned(sink.toByteArray());
        })
        .orElse(data);
  }
}
