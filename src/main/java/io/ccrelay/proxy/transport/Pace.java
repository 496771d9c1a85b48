package io.ccrelay.proxy.transport;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One coarse timer for everything that must not stand still: it ticks for all enrolled parties, so
 * that watching a connection or a body costs two pointer writes and no timer of its own. Confined
 * to the context it was made on.
 */
public final class Pace {

  /** Time between two ticks in service. */
  public static final Duration TICK = Duration.ofMillis(2500);

  /** Ticks after which 10 s have surely passed, if {@link #TICK} is used. */
  public static final int DEADLINE_TICKS = 5;

  private final Vertx vertx;
  private final long tickMillis;
  private final Paced list = new End();

  /** Ticks every {@code tick} until the context of the caller closes. */
  public Pace(Vertx vertx, Duration tick) {
    list.before = list;
    list.after = list;
    this.vertx = vertx;
    this.tickMillis = tick.toMillis();
    next();
  }

  /**
   * A timer for each tick, not a periodic one: that would make up for the ticks a stalled process
   * missed, all at once and before it reads what its clients have sent meanwhile.
   */
  private void next() {
    vertx.setTimer(
        tickMillis,
        _ -> {
          next();
          tick();
        });
  }

  /** Starts ticking for {@code party}; without effect when it is enrolled already. */
  public void enrol(Paced party) {
    if (party.after != null) {
      return;
    }
    Paced last = neighbour(list.before);
    party.before = last;
    party.after = list;
    last.after = party;
    list.before = party;
  }

  /** Stops ticking for {@code party}; without effect when it is not enrolled. */
  public void dismiss(Paced party) {
    if (party.after == null) {
      return;
    }
    neighbour(party.before).after = party.after;
    neighbour(party.after).before = party.before;
    party.before = null;
    party.after = null;
  }

  private void tick() {
    for (Paced party : enrolled()) {
      if (party.after != null) {
        party.tick();
      }
    }
  }

  /** A copy, since a tick may dismiss its own party and others. */
  private List<Paced> enrolled() {
    var all = new ArrayList<Paced>();
    for (Paced party = neighbour(list.after);
        !(party instanceof End);
        party = neighbour(party.after)) {
      all.add(party);
    }
    return all;
  }

  private static Paced neighbour(@Nullable Paced party) {
    if (party == null) {
      throw new IllegalStateException("not enrolled");
    }
    return party;
  }

  /** A party that is ticked; confined to the context of its {@link Pace}. */
  public abstract static class Paced {

    private @Nullable Paced before;
    private @Nullable Paced after;

    /** For subclasses. */
    protected Paced() {}

    /** Called once a {@link #TICK} while enrolled. */
    protected abstract void tick();
  }

  private static final class End extends Paced {
    @Override
    protected void tick() {
      throw new IllegalStateException("the end of the list is never ticked");
    }
  }
}
