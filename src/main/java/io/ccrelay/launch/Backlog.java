package io.ccrelay.launch;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Question;
import io.ccrelay.semantic.SemanticCache;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Questions that others stored, taken note of one after the other, so that a member that joins a
 * full cluster leaves the workers to the requests. When too many wait, the oldest go. Where all
 * share one index, each is left for a moment to the member that stored it, so that it is embedded
 * once; if that one died meanwhile, the others see to it. Confined to one context.
 */
final class Backlog {

  /** An entry somebody stored, and the question it answers. */
  record Seen(Key entry, Question question, Instant until) {}

  private final Context context;
  private final SemanticCache cache;
  private final int most;
  private final Duration grace;
  private final Deque<Seen> waiting = new ArrayDeque<>();
  private boolean busy;

  /**
   * An empty backlog.
   *
   * @param most questions that wait
   * @param grace how long each is left to who stored it, at least
   */
  Backlog(Context context, SemanticCache cache, int most, Duration grace) {
    this.context = context;
    this.cache = cache;
    this.most = most;
    this.grace = grace;
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
    int ripe = waiting.size();
    if (grace.isZero()) {
      take(ripe);
    } else {
      context.owner().setTimer(grace.toMillis(), _ -> take(ripe));
    }
  }

  /** Takes note of the {@code ripe} that waited longest. */
  private void take(int ripe) {
    if (ripe == 0 || waiting.isEmpty()) {
      busy = false;
      next();
      return;
    }
    Seen seen = waiting.removeFirst();
    var _ =
        cache
            .saw(seen.entry(), seen.question(), seen.until())
            .onComplete(_ -> context.runOnContext(_ -> take(ripe - 1)));
  }
}
