package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import java.util.Optional;

/**
 * Turns a complete stream into the JSON answer that the same request would have had without {@code
 * stream}. Members nobody knows are kept. Safe for use from any context.
 */
public final class Fold {

  private Fold() {}

  /**
   * The JSON form of {@code stream}; empty if the stream is not complete and sound, or says
   * something that the JSON form cannot express.
   */
  public static Optional<Bytes> toJson(Route route, Bytes stream) {
    return Assembly.of(route).flatMap(assembly -> fold(new Course(assembly), stream));
  }

  private static Optional<Bytes> fold(Course course, Bytes stream) {
    var scanner = new EventScanner(Integer.MAX_VALUE, course);
    scanner.feed(stream);
    scanner.end();
    boolean complete = course.isComplete() && scanner.atBoundary();
    return complete && course.answer().lossless()
        ? Optional.of(course.answer().json())
        : Optional.empty();
  }
}
