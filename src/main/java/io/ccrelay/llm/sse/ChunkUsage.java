package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.sse.Json.Obj;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * The usage in a stream of completions of the OpenAI dialect, which a client gets only if it sends
 * {@code stream_options.include_usage}. Confined to one call.
 */
final class ChunkUsage {

  private final ByteArrayOutputStream rest;
  private boolean found;

  private ChunkUsage(Bytes stream) {
    rest = new ByteArrayOutputStream(stream.size());
    var scanner = new EventScanner(Integer.MAX_VALUE, this::take);
    scanner.feed(stream);
    scanner.end();
  }

  /** Whether {@code stream} tells usage. */
  static boolean isToldIn(Bytes stream) {
    return UsageMember.isIn(stream) && new ChunkUsage(stream).found;
  }

  /** {@code stream} without usage: the chunk that has nothing else is left out. */
  static Bytes removedFrom(Bytes stream) {
    if (!UsageMember.isIn(stream)) {
      return stream;
    }
    var usage = new ChunkUsage(stream);
    return usage.found ? Bytes.owned(usage.rest.toByteArray()) : stream;
  }

  private void take(Event event) {
    Optional.of(event.data())
        .filter(UsageMember::isIn)
        .flatMap(JsonReader::readObject)
        .filter(chunk -> chunk.says("usage"))
        .ifPresentOrElse(this::drop, () -> event.wire().writeTo(rest));
  }

  private void drop(Obj chunk) {
    found = true;
    if (!chunk.items("choices").isEmpty()) {
      chunk.remove("usage");
      var rewritten = new EventWriter();
      rewritten.data(JsonText.of(chunk));
      rewritten.toBytes().writeTo(rest);
    }
  }
}
