package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes gathered piece by piece. What is there is never moved while more comes, so that no piece
 * costs more than itself however much was gathered before. Confined to one context.
 */
final class Blocks {

  private static final int SMALLEST = 1 << 10;
  private static final int LARGEST = 256 << 10;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] open = new byte[0];
  private int used;
  private int size;

  /** Number of bytes gathered. */
  int size() {
    return size;
  }

  /** Adds a copy of {@code piece}. */
  void append(Bytes piece) {
    used = piece.<Integer>lend(this::copy);
  }

  /** Copies into the open block and, when that is full, the next ones; gives what of it is used. */
  private int copy(byte[] source, int offset, int length) {
    int copied = 0;
    while (copied < length) {
      if (used == open.length) {
        next();
      }
      int part = Math.min(length - copied, open.length - used);
      System.arraycopy(source, offset + copied, open, used, part);
      copied += part;
      used += part;
      size += part;
    }
    return used;
  }

  private void next() {
    if (used > 0) {
      full.add(open);
    }
    open = new byte[Math.clamp(size, SMALLEST, LARGEST)];
    used = 0;
  }

  /** All of them in one array. */
  Bytes joined() {
    byte[] all = new byte[size];
    int from = 0;
    for (byte[] block : full) {
      System.arraycopy(block, 0, all, from, block.length);
      from += block.length;
    }
    System.arraycopy(open, 0, all, from, used);
    return Bytes.owned(all);
  }
}
