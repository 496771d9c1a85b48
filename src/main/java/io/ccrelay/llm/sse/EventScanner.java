package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Reads the events of a stream whose bytes arrive in any pieces, by the rules of WHATWG HTML
 * ("Server-sent events"). The events are the same for every cut of the bytes; those that lie within
 * one piece are views of it, others are copied once.
 *
 * <p>A block longer than the limit is an overflow: from there on no event is handed out, but {@link
 * #atBoundary} goes on telling the truth. An event that ends in CR as the last byte known is handed
 * out with the next byte or at the {@link #end}.
 *
 * <p>Confined to one context.
 */
public final class EventScanner {

  /** Longest event read, in bytes, unless told otherwise. */
  public static final int DEFAULT_LIMIT = 8 << 20;

  private static final Bytes BYTE_ORDER_MARK = Bytes.utf8("\uFEFF");

  private final int limit;
  private final Consumer<Event> handler;
  private final BlockEnds ends = new BlockEnds();
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
  private boolean first = true;
  private boolean overflow;

  /** Hands events of at most {@link #DEFAULT_LIMIT} bytes to {@code handler}. */
  public EventScanner(Consumer<Event> handler) {
    this(DEFAULT_LIMIT, handler);
  }

  /** Hands events of at most {@code limit} bytes to {@code handler}. */
  public EventScanner(int limit, Consumer<Event> handler) {
    this.limit = limit;
    this.handler = handler;
  }

  /** Takes the next bytes of the stream. */
  public void feed(Bytes chunk) {
    int from = 0;
    while (from < chunk.size()) {
      int end = ends.next(chunk, from);
      if (end == BlockEnds.NONE) {
        keep(chunk.slice(from, chunk.size()));
        return;
      }
      close(chunk.slice(from, end));
      from = end;
    }
  }

  /** There are no more bytes. A block without its blank line is no event. */
  public void end() {
    if (ends.isHeld()) {
      close(Bytes.empty());
    }
    begun.reset();
  }

  /** Whether the bytes so far end between two events: the only place to put in another one. */
  public boolean atBoundary() {
    return ends.atBoundary();
  }

  /** Whether an event was longer than the limit. */
  public boolean overflow() {
    return overflow;
  }

  private void keep(Bytes part) {
    if (fits(part)) {
      part.writeTo(begun);
    }
  }

  private void close(Bytes part) {
    if (fits(part)) {
      BlockReader.read(block(part)).ifPresent(handler);
    }
  }

  private boolean fits(Bytes part) {
    if (!overflow && (long) begun.size() + part.size() > limit) {
      overflow = true;
      begun.reset();
    }
    return !overflow;
  }

  private Bytes block(Bytes part) {
    var block = begun.size() == 0 ? part : joined(part);
    if (!first) {
      return block;
    }
    first = false;
    int mark = BYTE_ORDER_MARK.size();
    boolean marked = block.size() >= mark && block.slice(0, mark).equals(BYTE_ORDER_MARK);
    return marked ? block.slice(mark, block.size()) : block;
  }

  private Bytes joined(Bytes part) {
    part.writeTo(begun);
    var block = Bytes.owned(begun.toByteArray());
    begun.reset();
    return block;
  }
}
