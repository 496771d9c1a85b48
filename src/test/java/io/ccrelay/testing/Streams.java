package io.ccrelay.testing;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Event streams as providers send them, by name: {@code src/test/resources/streams}. */
public final class Streams {

  private static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";

  private Streams() {}

  /** A stream that came to its end and says nothing that a JSON answer could not. */
  public record Whole(String name, Route route) {
    /** Its bytes. */
    public Bytes bytes() {
      return read(name);
    }
  }

  /** All streams that are complete and can be folded. */
  public static List<Whole> whole() {
    return List.of(
        new Whole("anthropic-text", Route.MESSAGES),
        new Whole("anthropic-thinking", Route.MESSAGES),
        new Whole("anthropic-tool-use", Route.MESSAGES),
        new Whole("anthropic-citations", Route.MESSAGES),
        new Whole("anthropic-interleaved", Route.MESSAGES),
        new Whole("anthropic-pings", Route.MESSAGES),
        new Whole("openai-chat", Route.CHAT_COMPLETIONS),
        new Whole("openai-chat-usage", Route.CHAT_COMPLETIONS),
        new Whole("openai-tools", Route.CHAT_COMPLETIONS),
        new Whole("openai-choices", Route.CHAT_COMPLETIONS),
        new Whole("openai-reasoning", Route.CHAT_COMPLETIONS),
        new Whole("openai-completion", Route.COMPLETIONS),
        new Whole("responses-text", Route.RESPONSES),
        new Whole("responses-function", Route.RESPONSES));
  }

  /** The bytes of a stream. */
  public static Bytes read(String name) {
    try (var in = Streams.class.getResourceAsStream("/streams/" + name + ".sse")) {
      return Bytes.owned(Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The same stream with other line ends. */
  public static Bytes withLineEnds(Bytes stream, String end) {
    return Bytes.utf8(stream.toUtf8().replace("\n", end));
  }

  /** The same stream without pings, comments and empty blocks, found block by block. */
  public static Bytes withoutPings(Bytes stream) {
    var kept = new StringBuilder();
    for (var block : stream.toUtf8().split("(?<=\n\n)", -1)) {
      if (!block.equals(PING) && !block.startsWith(":") && !block.isBlank()) {
        kept.append(block.startsWith("\n") ? block.substring(1) : block);
      }
    }
    return Bytes.utf8(kept.toString().replace(PING, ""));
  }

  /** {@code stream} cut into pieces at {@code cuts}, which may be anything. */
  public static List<Bytes> cut(Bytes stream, List<Integer> cuts) {
    var pieces = new ArrayList<Bytes>();
    int from = 0;
    for (int at :
        cuts.stream().map(cut -> Math.floorMod(cut, stream.size() + 1)).sorted().toList()) {
      pieces.add(stream.slice(from, at));
      from = at;
    }
    pieces.add(stream.slice(from, stream.size()));
    return pieces;
  }

  /** {@code stream} byte by byte. */
  public static List<Bytes> bytewise(Bytes stream) {
    var pieces = new ArrayList<Bytes>();
    for (int i = 0; i < stream.size(); i++) {
      pieces.add(stream.slice(i, i + 1));
    }
    return pieces;
  }
}
