package io.ccrelay.limit;

import io.ccrelay.cache.Bytes;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a counter remembers: how much was counted when, oldest first. Immutable; safe for use from
 * any context.
 *
 * <p>Up to {@link #MOST_MARKS} marks the record is exact. Beyond it, marks within a grain of the
 * window become one that counts as long as the latest of them: a limit then frees room a little
 * late, never early.
 */
public final class Tally {

  /** Marks kept apart. */
  static final int MOST_MARKS = 64;

  /** Nothing counted. */
  public static final Tally NONE = new Tally(List.of());

  private static final int FORM = 1;

  private final List<Mark> marks;

  private record Mark(long millis, long amount) {}

  private Tally(List<Mark> marks) {
    this.marks = marks;
  }

  /** How much of {@code window} is used at {@code now}. */
  public long used(Window window, Instant now) {
    long begin = window.begin(now).toEpochMilli();
    long sum = 0;
    for (Mark mark : marks) {
      sum += mark.millis >= begin ? mark.amount : 0;
    }
    return Math.max(0, sum);
  }

  /** The record after {@code amount} more at {@code now}; less, if it is negative. */
  public Tally add(Window window, Instant now, long amount) {
    long begin = window.begin(now).toEpochMilli();
    var next = new ArrayList<Mark>(marks.size() + 1);
    for (Mark mark : marks) {
      if (mark.millis >= begin) {
        next.add(mark);
      }
    }
    long at = next.isEmpty() ? now.toEpochMilli() : Math.max(next.getLast().millis, millis(now));
    next.add(new Mark(at, amount));
    return new Tally(next.size() > MOST_MARKS || isWhole(window) ? merged(next, window) : next);
  }

  private static boolean isWhole(Window window) {
    return !(window instanceof Window.Sliding);
  }

  private static List<Mark> merged(List<Mark> marks, Window window) {
    long grain = Math.max(1, clamped(window));
    var merged = new ArrayList<Mark>();
    for (Mark mark : marks) {
      if (!merged.isEmpty() && merged.getLast().millis / grain == mark.millis / grain) {
        Mark before = merged.removeLast();
        merged.add(new Mark(mark.millis, before.amount + mark.amount));
      } else {
        merged.add(mark);
      }
    }
    return merged;
  }

  private static long clamped(Window window) {
    var grain = window.grain();
    return grain.toSeconds() > Integer.MAX_VALUE ? Long.MAX_VALUE : grain.toMillis();
  }

  /**
   * When the use of {@code window} falls to {@code target} or below if nothing is added; {@link
   * Instant#MAX} if never.
   */
  Instant fallsTo(Window window, Instant now, long target) {
    long left = used(window, now);
    long begin = window.begin(now).toEpochMilli();
    Instant when = now;
    for (Mark mark : marks) {
      if (left <= target) {
        break;
      }
      if (mark.millis >= begin) {
        left -= mark.amount;
        when = window.frees(Instant.ofEpochMilli(mark.millis)).orElse(Instant.MAX);
      }
    }
    return when;
  }

  /** The compact form. */
  public Bytes encode() {
    var sink = new ByteArrayOutputStream(4 + marks.size() * 4);
    sink.write(FORM);
    long before = 0;
    for (Mark mark : marks) {
      varint(sink, mark.millis - before);
      varint(sink, mark.amount);
      before = mark.millis;
    }
    return Bytes.owned(sink.toByteArray());
  }

  /** The record that {@link #encode} wrote; bytes of any other kind are {@link #NONE}. */
  public static Tally decode(Bytes bytes) {
    if (bytes.isEmpty() || bytes.at(0) != FORM) {
      return NONE;
    }
    var marks = new ArrayList<Mark>();
    var reader = new Reader(bytes);
    long millis = 0;
    while (reader.more()) {
      millis += reader.varint();
      marks.add(new Mark(millis, reader.varint()));
    }
    return reader.broken || marks.size() > 4 * MOST_MARKS ? NONE : new Tally(marks);
  }

  /** Zigzag, seven bits a byte. */
  private static void varint(ByteArrayOutputStream sink, long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      sink.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    sink.write((int) rest);
  }

  private static final class Reader {
    private final Bytes bytes;
    private int at = 1;
    private boolean broken;

    Reader(Bytes bytes) {
      this.bytes = bytes;
    }

    boolean more() {
      return !broken && at < bytes.size();
    }

    long varint() {
      long value = 0;
      for (int shift = 0; shift < 70; shift += 7) {
        if (at >= bytes.size()) {
          break;
        }
        byte next = bytes.at(at++);
        value |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          return (value >>> 1) ^ -(value & 1);
        }
      }
      broken = true;
      return 0;
    }
  }

  private static long millis(Instant time) {
    return time.toEpochMilli();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tally that && marks.equals(that.marks);
  }

  @Override
  public int hashCode() {
    return marks.hashCode();
  }

  @Override
  public String toString() {
    return marks.toString();
  }
}
