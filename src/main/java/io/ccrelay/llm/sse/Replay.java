package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A stored stream on its way to a client. All bytes handed out are views of the stored ones. Safe
 * for use from any context; an iterator is confined to one.
 *
 * @param whole the complete stream, for one write
 */
public record Replay(Bytes whole) {

  /** The stream event by event. */
  public Iterator<Bytes> events() {
    return pieces(1);
  }

  /**
   * The stream in pieces of whole events, each of at least {@code size} bytes but the last: what a
   * writer sends between two looks at back-pressure.
   */
  public Iterator<Bytes> pieces(int size) {
    return new Pieces(whole, size);
  }

  private static final class Pieces implements Iterator<Bytes> {

    private final Bytes stream;
    private final int size;
    private final BlockEnds ends = new BlockEnds();
    private int from;

    Pieces(Bytes stream, int size) {
      this.stream = stream;
      this.size = size;
    }

    @Override
    public boolean hasNext() {
      return from < stream.size();
    }

    @Override
    public Bytes next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int end = from;
      while (end < stream.size() && end - from < size) {
        int next = ends.next(stream, end);
        end = next == BlockEnds.NONE ? stream.size() : next;
      }
      var piece = stream.slice(from, end);
      from = end;
      return piece;
    }
  }
}
