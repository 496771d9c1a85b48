package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;

/**
 * Finds the blank lines that end the blocks of an event stream, however the bytes are cut. Line
 * ends are LF, CRLF or CR (WHATWG HTML, "Parsing an event stream").
 *
 * <p>A blank line that ends in CR as the last byte known is held: whether a LF belongs to it shows
 * only with the next byte. So a block has the same bytes for every cut.
 *
 * <p>Confined to one context.
 */
final class BlockEnds {

  /** No end in the bytes given. */
  static final int NONE = -1;

  private boolean inside;
  private boolean lineEmpty = true;
  private boolean afterCr;
  private boolean held;

  /** Whether the bytes so far end between two blocks. */
  boolean atBoundary() {
    return held || !inside;
  }

  /** Whether a block is complete but for a LF that may still come. */
  boolean isHeld() {
    return held;
  }

  /**
   * Index just after the next end of a block in {@code chunk}, searched from {@code from}, or
   * {@link #NONE}. The next call goes on where this one stopped: at that index, or in a new chunk.
   */
  int next(Bytes chunk, int from) {
    return chunk.lend((array, offset, size) -> next(array, offset + from, offset + size, offset));
  }

  private int next(byte[] array, int from, int to, int origin) {
    if (held && from < to) {
      held = false;
      return (array[from] == '\n' ? from + 1 : from) - origin;
    }
    int end = search(array, from, to);
    return end == NONE ? NONE : end - origin;
  }

  private int search(byte[] array, int from, int to) {
    int i = from;
    while (i < to) {
      byte b = array[i++];
      inside = true;
      if (b == '\n') {
        if (!afterCr && lineEmpty) {
          return endedAt(i);
        }
        lineEmpty = true;
        afterCr = false;
      } else if (b == '\r') {
        if (lineEmpty) {
          return endedByCr(array, i, to);
        }
        lineEmpty = true;
        afterCr = true;
      } else {
        lineEmpty = false;
        afterCr = false;
        i = lineEnd(array, i, to);
      }
    }
    return NONE;
  }

  private int endedByCr(byte[] array, int i, int to) {
    if (i == to) {
      held = true;
      ended();
      return NONE;
    }
    return endedAt(array[i] == '\n' ? i + 1 : i);
  }

  private int endedAt(int i) {
    ended();
    return i;
  }

  private void ended() {
    inside = false;
    lineEmpty = true;
    afterCr = false;
  }

  /** Index of the first line end in {@code array[from, to)}, or {@code to}. */
  static int lineEnd(byte[] array, int from, int to) {
    int i = from;
    while (i < to && array[i] != '\n' && array[i] != '\r') {
      i++;
    }
    return i;
  }
}
