package io.ccrelay.launch;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Question;
import io.ccrelay.semantic.SemanticCache;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

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
  private final SequencedMap<Key, Seen> waiting = new LinkedHashMap<>();
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
      waiting.pollFirstEntry();
    }
    waiting.putLast(seen.entry(), seen);
    next();
  }

  /** Takes no note of {@code entry}: it is gone. */
  void drop(Key entry) {
    waiting.remove(entry);
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
    var first = ripe == 0 ? null : waiting.pollFirstEntry();
    if (first == null) {
      busy = false;
      next();
      return;
    }
    Seen seen = first.getValue();
    var _ =
        cache
            .saw(seen.entry(), seen.question(), seen.until())
            .onComplete(_ -> context.runOnContext(_ -> take(ripe - 1)));
  }
}
