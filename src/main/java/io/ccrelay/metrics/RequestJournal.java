package io.ccrelay.metrics;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last requests, as many as there is room for. Writing takes no lock and never waits; a reader
 * sees each line whole or not at all; a writer held up until its place has a later line gives its
 * own up. Safe for use from any context.
 */
public final class RequestJournal implements Consumer<Answered> {

  /** Room for the lines that a dashboard asks for. */
  public static final int DEFAULT_ROOM = 4096;

  private final InstantSource clock;
  private final AtomicReferenceArray<@Nullable Line> ring;
  private final AtomicLong next = new AtomicLong(1);

  /**
   * One request.
   *
   * @param number counts up from 1 since the process began
   * @param millis when its answer ended, wall clock, milliseconds since 1970
   * @param answered how it was answered
   */
  public record Line(long number, long millis, Answered answered) {

    /** When its answer ended. */
    public Instant at() {
      return Instant.ofEpochMilli(millis);
    }
  }

  /**
   * A journal with room for {@code room} lines.
   *
   * @param clock wall clock
   */
  public RequestJournal(InstantSource clock, int room) {
    this.clock = clock;
    this.ring = new AtomicReferenceArray<>(room);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // what the place holds, not what equals it
  public void accept(Answered answered) {
    long number = next.getAndIncrement();
    var line = new Line(number, clock.millis(), answered);
    int slot = slot(number);
    @Nullable Line before = ring.getAcquire(slot);
    while (before == null || before.number() < number) {
      @Nullable Line found = ring.compareAndExchange(slot, before, line);
      if (found == before) {
        return;
      }
      before = found;
    }
  }

  /** The number of the newest line, 0 if there is none. */
  public long newest() {
    return next.get() - 1;
  }

  /** At most {@code most} lines numbered below {@code before}, the newest first. */
  public List<Line> before(long before, int most) {
    var lines = new ArrayList<Line>();
    long oldest = Math.max(1, next.get() - ring.length());
    for (long number = Math.min(before, next.get()) - 1;
        number >= oldest && lines.size() < most;
        number--) {
      Line line = ring.getAcquire(slot(number));
      if (line != null && line.number() == number) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** The newest lines, at most {@code most}, the newest first. */
  public List<Line> latest(int most) {
    return before(Long.MAX_VALUE, most);
  }

  private int slot(long number) {
    return (int) (number % ring.length());
  }
}
