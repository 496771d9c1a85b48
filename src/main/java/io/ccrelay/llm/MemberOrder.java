package io.ccrelay.llm;

import java.util.Arrays;

/**
 * Puts the members of an object in a {@link CanonicalForm} in the order of their names and takes
 * out those that were left out. The order is by length and then by bytes: any order will do that
 * depends on the names alone. Confined to one context.
 */
final class MemberOrder {

  /** A name occurs twice. */
  static final int TWICE = -1;

  /** The bound of work is used up. */
  static final int TOO_MUCH = -2;

  private static final int DROPPED = 1 << 31;
  private static final int FEW = 16;

  private long allowance;
  private byte[] scratch = new byte[0];
  private long[] spans = new long[FEW];

  /** Orders objects of a document of {@code length} bytes; the bound is 16 times as much. */
  MemberOrder(int length) {
    this.allowance = 16L * length + (1 << 20);
  }

  /** The mark of a member that is left out. */
  static int dropped(int member) {
    return member | DROPPED;
  }

  /** Where a member begins, left out or not. */
  static int start(int member) {
    return member & ~DROPPED;
  }

  /** Where the name of a member ends. */
  static int nameEnd(byte[] form, int member) {
    int start = start(member);
    return start + nameSize(form, start);
  }

  /** Compares the names at two indices. */
  static int compare(byte[] form, int left, int right) {
    int leftEnd = left + nameSize(form, left);
    int rightEnd = right + nameSize(form, right);
    return Arrays.compareUnsigned(form, left, leftEnd, form, right, rightEnd);
  }

  private static int nameSize(byte[] form, int at) {
    return form[at] == 'S' ? 33 : 3 + (((form[at + 1] & 0xff) << 8) | (form[at + 2] & 0xff));
  }

  /**
   * Rewrites the members that lie between {@code start} and {@code end} of {@code form}; {@code
   * members} holds where each begins. Answers the new end, {@link #TWICE} or {@link #TOO_MUCH}.
   */
  int arrange(byte[] form, int start, int end, int[] members, int first, int count) {
    long comparisons = (long) count * (32 - Integer.numberOfLeadingZeros(count));
    allowance -= (end - start) + 16 * comparisons;
    if (allowance < 0) {
      return TOO_MUCH;
    }
    note(members, first, count, end);
    sort(form, count);
    for (int i = 1; i < count; i++) {
      if (compare(form, from(spans[i - 1]), from(spans[i])) == 0) {
        return TWICE;
      }
    }
    return rewrite(form, start, end, count);
  }

  /** Spans as one number each: begin, then end; nothing lies in the span of a member left out. */
  private void note(int[] members, int first, int count, int end) {
    if (spans.length < count) {
      spans = new long[Math.max(count, spans.length * 2)];
    }
    for (int i = 0; i < count; i++) {
      int member = members[first + i];
      int begin = start(member);
      int after = i + 1 < count ? start(members[first + i + 1]) : end;
      spans[i] = ((long) begin << 32) | (member < 0 ? begin : after);
    }
  }

  private static int from(long span) {
    return (int) (span >>> 32);
  }

  private int rewrite(byte[] form, int start, int end, int count) {
    if (scratch.length < end - start) {
      scratch = new byte[Math.max(end - start, 1024)];
    }
    int written = 0;
    for (int i = 0; i < count; i++) {
      int from = from(spans[i]);
      int length = (int) spans[i] - from;
      System.arraycopy(form, from, scratch, written, length);
      written += length;
    }
    System.arraycopy(scratch, 0, form, start, written);
    return start + written;
  }

  private void sort(byte[] form, int count) {
    for (int low = 0; low < count; low += FEW) {
      insertionSort(form, low, Math.min(low + FEW, count));
    }
    long[] other = count > FEW ? new long[count] : spans;
    for (int width = FEW; width < count; width *= 2) {
      for (int low = 0; low < count; low += 2 * width) {
        int middle = Math.min(low + width, count);
        merge(form, other, low, middle, Math.min(low + 2 * width, count));
      }
      System.arraycopy(other, 0, spans, 0, count);
    }
  }

  private void insertionSort(byte[] form, int low, int high) {
    for (int i = low + 1; i < high; i++) {
      long moving = spans[i];
      int at = i;
      while (at > low && compare(form, from(spans[at - 1]), from(moving)) > 0) {
        spans[at] = spans[at - 1];
        at--;
      }
      spans[at] = moving;
    }
  }

  private void merge(byte[] form, long[] into, int low, int middle, int high) {
    int left = low;
    int right = middle;
    for (int at = low; at < high; at++) {
      boolean takeLeft =
          right == high
              || (left < middle && compare(form, from(spans[left]), from(spans[right])) <= 0);
      into[at] = takeLeft ? spans[left++] : spans[right++];
    }
  }
}
