package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one complete block of a stream (WHATWG HTML, "Interpreting an event stream"). Confined to
 * one call.
 */
final class BlockReader {

  private static final Bytes DATA = Bytes.utf8("data");
  private static final Bytes EVENT = Bytes.utf8("event");

  private final Bytes block;
  private String name = "";
  private @Nullable Bytes firstData;
  private @Nullable ByteArrayOutputStream moreData;
  private boolean comments;

  private BlockReader(Bytes block) {
    this.block = block;
  }

  /** The event of {@code block}; empty if it has no data line, as comments have none. */
  static Optional<Event> read(Bytes block) {
    return new BlockReader(block).read();
  }

  private Optional<Event> read() {
    int end;
    for (int at = 0; at < block.size(); at = afterLine(end)) {
      end = endOfLine(at);
      line(at, end);
    }
    var data = moreData == null ? firstData : Bytes.owned(moreData.toByteArray());
    if (data == null) {
      return Optional.empty();
    }
    return Optional.of(new Event(name.isEmpty() ? Event.UNNAMED : name, data, wire()));
  }

  private void line(int from, int to) {
    int colon = from;
    while (colon < to && block.at(colon) != ':') {
      colon++;
    }
    if (colon == from && from < to) {
      comments = true;
    } else if (is(DATA, from, colon)) {
      addData(value(colon, to));
    } else if (is(EVENT, from, colon)) {
      name = value(colon, to).toUtf8();
    }
  }

  private boolean is(Bytes field, int from, int to) {
    if (to - from != field.size()) {
      return false;
    }
    for (int i = 0; i < field.size(); i++) {
      if (block.at(from + i) != field.at(i)) {
        return false;
      }
    }
    return true;
  }

  private Bytes value(int colon, int to) {
    int from = Math.min(colon + 1, to);
    return block.slice(from < to && block.at(from) == ' ' ? from + 1 : from, to);
  }

  private void addData(Bytes line) {
    if (firstData == null) {
      firstData = line;
      return;
    }
    if (moreData == null) {
      moreData = new ByteArrayOutputStream(block.size());
      firstData.writeTo(moreData);
    }
    moreData.write('\n');
    line.writeTo(moreData);
  }

  private Bytes wire() {
    if (!comments) {
      return block;
    }
    var sink = new ByteArrayOutputStream(block.size());
    int next;
    for (int at = 0; at < block.size(); at = next) {
      next = afterLine(endOfLine(at));
      if (block.at(at) != ':') {
        block.slice(at, next).writeTo(sink);
      }
    }
    return Bytes.owned(sink.toByteArray());
  }

  private int endOfLine(int from) {
    return block.lend(
        (array, offset, size) -> BlockEnds.lineEnd(array, offset + from, offset + size) - offset);
  }

  private int afterLine(int end) {
    boolean crlf = end + 1 < block.size() && block.at(end) == '\r' && block.at(end + 1) == '\n';
    return Math.min(end + (crlf ? 2 : 1), block.size());
  }
}
