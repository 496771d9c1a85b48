package io.ccrelay.launch;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Question;
import io.ccrelay.semantic.SemanticCache;
import io.vertx.core.Context;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Questions that others stored, taken note of one after the other, so that a member that joins a
 * full cluster leaves the workers to the requests. When too many wait, the oldest go. Confined to
 * one context.
 */
final class Backlog {

  /** An entry somebody stored, and the question it answers. */
  record Seen(Key entry, Question question, Instant until) {}

  private final Context context;
  private final SemanticCache cache;
  private final int most;
  private final Deque<Seen> waiting = new ArrayDeque<>();
  private boolean busy;

  /**
   * An empty backlog.
   *
   * @param most questions that wait
   */
  Backlog(Context context, SemanticCache cache, int most) {
    this.context = context;
    this.cache = cache;
    this.most = most;
  }

  /** Takes note of {@code seen} in its turn. */
  void add(Seen seen) {
    if (waiting.size() >= most) {
      waiting.removeFirst();
    }
    waiting.addLast(seen);
    next();
  }

  /** Takes note of nothing that still waits. */
  void clear() {
    waiting.clear();
  }

  private void next() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    Seen seen = waiting.removeFirst();
    var _ =
        cache
            .saw(seen.entry(), seen.question(), seen.until())
            .onComplete(_ ->
                context.runOnContext(_ -> {
                  busy = false;
                  next();
                }));
  }
}
