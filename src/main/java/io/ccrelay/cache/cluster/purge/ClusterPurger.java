package io.ccrelay.cache.cluster.purge;

import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.PurgeRecord;
import io.ccrelay.cache.PurgeReport;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.Purger;
import io.ccrelay.cache.cluster.wire.Wire;
import io.ccrelay.cache.purge.LocalPurge;
import io.ccrelay.cache.purge.Swept;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Purges of all members of a cluster. Safe for use from any context.
 *
 * <p>A record is dated by the clock of the member that was asked. If another member's clock is
 * ahead by more than the message took, the record is dated later by as much and told once more, so
 * that what that member asked for before the purge is void too.
 */
public final class ClusterPurger implements Purger, Wire.Listener {

  /** Longest wait for a member: what it waits for its own walk, and the way there and back. */
  public static final Duration PATIENCE = LocalPurge.PATIENCE.plusSeconds(1);

  /** How often what is known is compared with the store. */
  private static final Duration COMPARISON = Duration.ofSeconds(10);

  /** Longest wait for a member that is asked what it knows. */
  private static final Duration COMPARING = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ClusterPurger.class);

  private final Vertx vertx;
  private final Wire wire;
  private final LocalPurge here;
  private final InstantSource clock;
  private final Duration patience;
  private volatile long timer = -1;

  /**
   * A purger that others do not hear until {@link #open}.
   *
   * @param here what a purge means in this process
   * @param clock wall clock
   * @param patience longest wait for a member, such as {@link #PATIENCE}
   */
  public ClusterPurger(
      Vertx vertx, Wire wire, LocalPurge here, InstantSource clock, Duration patience) {
    this.vertx = vertx;
    this.wire = wire;
    this.here = here;
    this.clock = clock;
    this.patience = patience;
  }

  /** Heeds the purges of others from now on, those of the past included. */
  public Future<Void> open() {
    return wire.open(this)
        .compose(_ -> here.book().reconcile())
        .onSuccess(_ -> timer = vertx.setPeriodic(COMPARISON.toMillis(), _ -> compare()))
        .mapEmpty();
  }

  /** Heeds them no more. */
  public Future<Void> close() {
    var _ = vertx.cancelTimer(timer);
    return wire.close();
  }

  /**
   * Tells those who came, or came back, what is known here, and hears what they and the store know.
   *
   * @return whether all of them answered
   */
  public Future<Boolean> membersChanged() {
    compare();
    Buffer message = PurgeMessage.encode(new PurgeMessage.Learn(here.book().get()));
    var answers =
        others().stream()
            .map(member -> wire.ask(member, message.copy(), COMPARING).map(this::learnt))
            .map(answer -> answer.otherwise(false))
            .toList();
    return Future.join(answers).map(_ -> answers.stream().allMatch(Future::result));
  }

  private boolean learnt(Buffer answer) {
    if (PurgeMessage.decode(answer).orElse(null) instanceof PurgeMessage.Learn(PurgeLedger all)) {
      here.book().learn(all);
      return true;
    }
    return false;
  }

  private void compare() {
    var _ = here.book().reconcile();
  }

  @Override
  public Future<PurgeReport> purge(PurgeSelector selector) {
    PurgeRecord record = here.book().get().next(selector, clock.instant());
    Future<Swept> swept = here.apply(record);
    return here.book()
        .reconcile()
        .compose(_ -> poll(new PurgeMessage.Apply(record)))
        .compose(poll -> dated(record, poll))
        .compose(poll -> swept.map(own -> poll.plus(wire.self(), own)))
        .compose(
            poll -> here.book().reconcile().map(durable -> poll.report(record, false, durable)));
  }

  @Override
  public Future<PurgeReport> count(PurgeSelector selector) {
    PurgeRecord record = here.book().get().next(selector, clock.instant());
    Future<Swept> counted = here.count(record);
    return poll(new PurgeMessage.Count(record))
        .compose(poll -> counted.map(own -> poll.plus(wire.self(), own)))
        .map(poll -> poll.report(record, true, false));
  }

  /** Dates {@code record} later if a clock is ahead, and tells those who acknowledged. */
  private Future<Poll> dated(PurgeRecord record, Poll poll) {
    if (poll.ahead() <= 0) {
      return Future.succeededFuture(poll);
    }
    LOG.warn("cluster: clocks differ by {} ms; the purge is dated later", poll.ahead() / 1000);
    var later = new PurgeRecord(record.selector(), record.generation() + poll.ahead());
    here.book().learn(PurgeLedger.EMPTY.with(later));
    return poll(new PurgeMessage.Apply(later)).map(poll::confirmedBy);
  }

  private Future<Poll> poll(PurgeMessage question) {
    Buffer bytes = PurgeMessage.encode(question);
    var answers = others().stream().map(member -> ask(member, bytes.copy())).toList();
    return Future.join(answers)
        .map(_ -> answers.stream().map(Future::result).reduce(Poll.NOBODY, Poll::and));
  }

  private Future<Poll> ask(String member, Buffer question) {
    return wire.ask(member, question, patience)
        .map(answer -> heard(member, answer))
        .recover(failure -> {
          LOG.warn("cluster: {} did not acknowledge a purge: {}", member, failure.getMessage());
          return Future.succeededFuture(Poll.missing(member));
        });
  }

  private Poll heard(String member, Buffer answer) {
    return PurgeMessage.decode(answer).orElse(null)
            instanceof PurgeMessage.Done(Swept swept, long there)
        ? Poll.of(member, swept, there - PurgeRecord.generationOf(clock.instant()))
        : Poll.missing(member);
  }

  private List<String> others() {
    return wire.members().stream().filter(member -> !member.equals(wire.self())).toList();
  }

  @Override
  public Future<Buffer> asked(String member, Buffer question) {
    long now = PurgeRecord.generationOf(clock.instant());
    return switch (PurgeMessage.decode(question).orElse(null)) {
      case PurgeMessage.Apply(PurgeRecord record) -> done(apply(record), now);
      case PurgeMessage.Count(PurgeRecord record) -> done(count(record), now);
      case PurgeMessage.Learn(PurgeLedger all) -> {
        here.book().learn(all);
        yield Future.succeededFuture(
            PurgeMessage.encode(new PurgeMessage.Learn(here.book().get())));
      }
      case null, default -> Future.failedFuture("no question");
    };
  }

  /** One entry of the shared store is for the member that was asked to see to. */
  private Future<Swept> apply(PurgeRecord record) {
    if (record.selector().kind() != PurgeSelector.Kind.KEY) {
      return here.apply(record);
    }
    here.book().learn(PurgeLedger.EMPTY.with(record));
    return Future.succeededFuture(Swept.NOTHING);
  }

  private Future<Swept> count(PurgeRecord record) {
    return record.selector().kind() == PurgeSelector.Kind.KEY
        ? Future.succeededFuture(Swept.NOTHING)
        : here.count(record);
  }

  private static Future<Buffer> done(Future<Swept> swept, long now) {
    return swept.map(found -> PurgeMessage.encode(new PurgeMessage.Done(found, now)));
  }

  @Override
  public void told(String member, Buffer news) {
    if (PurgeMessage.decode(news).orElse(null) instanceof PurgeMessage.Learn(PurgeLedger all)) {
      here.book().learn(all);
    } else {
      LOG.warn("a message about purges from {} cannot be read", member);
    }
  }
}
