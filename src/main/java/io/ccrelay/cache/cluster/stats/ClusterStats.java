package io.ccrelay.cache.cluster.stats;

import io.ccrelay.cache.Stats;
import io.ccrelay.cache.StatsPoll;
import io.ccrelay.cache.cluster.wire.Wire;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks every member for the counters of its store. An answer is five numbers of 8 bytes. Safe for
 * use from any context.
 */
public final class ClusterStats implements StatsPoll, Wire.Listener {

  private static final int NUMBERS = 5;

  private final Wire wire;
  private final Supplier<Future<Stats>> own;
  private final Duration patience;

  /**
   * A poll that others do not hear until {@link #open}.
   *
   * @param own the counters here
   * @param patience longest wait for a member
   */
  public ClusterStats(Wire wire, Supplier<Future<Stats>> own, Duration patience) {
    this.wire = wire;
    this.own = own;
    this.patience = patience;
  }

  /** Answers others from now on. */
  public Future<Void> open() {
    return wire.open(this);
  }

  /** Answers them no more. */
  public Future<Void> close() {
    return wire.close();
  }

  @Override
  public Future<List<Answer>> ask() {
    var answers = wire.members().stream().sorted().map(this::ask).toList();
    return Future.join(answers).map(_ -> answers.stream().map(Future::result).toList());
  }

  private Future<Answer> ask(String member) {
    Future<Optional<Stats>> stats =
        member.equals(wire.self())
            ? own.get().map(Optional::of)
            : wire.ask(member, Buffer.buffer(), patience).map(ClusterStats::read);
    return stats
        .map(found -> new Answer(member, found))
        .otherwise(_ -> new Answer(member, Optional.empty()));
  }

  private static Optional<Stats> read(Buffer answer) {
    return answer.length() == NUMBERS * Long.BYTES
        ? Optional.of(
            new Stats(
                answer.getLong(0),
                answer.getLong(8),
                answer.getLong(16),
                answer.getLong(24),
                answer.getLong(32)))
        : Optional.empty();
  }

  @Override
  public Future<Buffer> asked(String member, Buffer question) {
    return own.get()
        .map(stats ->
            Buffer.buffer(NUMBERS * Long.BYTES)
                .appendLong(stats.hits())
                .appendLong(stats.misses())
                .appendLong(stats.keyCount())
                .appendLong(stats.bytesUsed())
                .appendLong(stats.evictions()));
  }

  @Override
  public void told(String member, Buffer news) {}
}
