package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.AnswerReader;
import io.ccrelay.llm.PassReason;
import io.ccrelay.llm.Route;
import org.jspecify.annotations.Nullable;

/**
 * Records one stream while it is relayed and judges whether it is whole: begun as its dialect
 * begins, in order, without error, ended by its terminal event ({@code message_stop}, {@code
 * [DONE]} after every choice has its {@code finish_reason}, {@code response.completed}) with
 * nothing after it. Keep-alives are left out of the record.
 *
 * <p>Whatever the bytes are, {@link #feed} throws nothing and holds no more than a small multiple
 * of the limit; once the stream is known not to be storable it holds nothing, and goes on telling
 * {@link #atBoundary}.
 *
 * <p>Confined to one context.
 */
public final class StreamRecorder {

  private final Route route;
  private final int limit;
  private final EventScanner scanner;
  private Blocks body = new Blocks();
  private @Nullable Course course;
  private @Nullable PassReason fault;
  private boolean started;

  /**
   * A recorder of an answer of {@code route}.
   *
   * @param maxEntryBytes longest record, in bytes
   * @throws IllegalArgumentException if answers of {@code route} never come as streams
   */
  public StreamRecorder(Route route, long maxEntryBytes) {
    this.route = route;
    limit = (int) Math.min(maxEntryBytes, Integer.MAX_VALUE - 8);
    scanner = new EventScanner(limit, this::take);
    course =
        Assembly.of(route)
            .map(Course::new)
            .orElseThrow(() -> new IllegalArgumentException("route: " + route + " has no streams"));
  }

  /** Takes the next bytes of the stream. */
  public void feed(Bytes chunk) {
    scanner.feed(chunk);
    if (scanner.overflow()) {
      fail(PassReason.TOO_LARGE);
    }
  }

  /** Whether the bytes so far end between two events: the only place to put in a ping. */
  public boolean atBoundary() {
    return scanner.atBoundary();
  }

  /** Whether there was an event, be it a ping. */
  public boolean started() {
    return started;
  }

  /** Bytes recorded so far. */
  public int size() {
    return body.size();
  }

  /**
   * The stream has ended; nothing is fed any more. Reads the whole record: another thread may do it
   * in place of the one that fed.
   */
  public Recording finish() {
    scanner.end();
    if (fault == null && scanner.atBoundary() && course != null && course.isComplete()) {
      return complete(course);
    }
    return new Recording.Incomplete(fault == null ? PassReason.INCOMPLETE : fault);
  }

  private Recording complete(Course course) {
    return AnswerReader.read(route, course.answer().json())
        .<Recording>map(facts -> new Recording.Complete(body.joined(), facts))
        .orElseGet(() -> new Recording.Incomplete(PassReason.UNREADABLE));
  }

  private void take(Event event) {
    started = true;
    if (course == null) {
      return;
    }
    course.accept(event);
    course.fault().ifPresent(this::fail);
    if (!Course.isPing(event)) {
      record(event.wire());
    }
  }

  private void record(Bytes event) {
    if ((long) body.size() + event.size() > limit) {
      fail(PassReason.TOO_LARGE);
    }
    if (fault == null) {
      body.append(event);
    }
  }

  /** The first fault is the one told. */
  private void fail(PassReason reason) {
    if (fault == null) {
      fault = reason;
      course = null;
      body = new Blocks();
    }
  }
}
