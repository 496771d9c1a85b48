package io.ccrelay.proxy;

import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Lookup;
import io.ccrelay.llm.CacheUse;
import io.ccrelay.llm.EntryFit;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/**
 * The way of one LLM request, from its body to its reply. Confined to the request's context; holds
 * no rule of its own.
 *
 * <pre>
 * body -> understood -> bypass ------------------------------------> fetch alone
 *                    -> look up -> fits ---------------------------> replay
 *                               -> miss -> a similar question -----> replay
 *                                       -> board a flight -> lead -> fetch for all
 *                                                         -> follow -> shared, alone, or look up again
 * </pre>
 */
final class LlmExchange {

  /** Flights that are followed in vain before the request goes on alone. */
  private static final int MOST_ROUNDS = 8;

  private static final Future<Lookup> STILL_MISSING = Future.succeededFuture(Lookup.MISS);

  private final LlmRelay relay;
  private final LlmReply reply;
  private final LlmCall call;
  private Optional<Entry> cover = Optional.empty();
  private String forward = "uri-miss";
  private int rounds;
  private boolean cacheSilent;
  private boolean askedForSimilar;
  private Optional<SimilarQuestion> similar = Optional.empty();

  LlmExchange(LlmRelay relay, LlmReply reply, LlmCall call) {
    this.relay = relay;
    this.reply = reply;
    this.call = call;
  }

  /** Begins with the decision how the cache is used. */
  void begin() {
    switch (call.use()) {
      case CacheUse.Bypass(var reason) -> {
        relay.meters().reason(reason.token());
        forward = "bypass";
        if (call.controls().onlyIfCached()) {
          nothingStored();
        } else {
          fetchAlone(CacheOutcome.BYPASS, reason.token());
        }
      }
      case CacheUse.Use use when use.read() -> lookUp();
      case CacheUse.Use use when call.controls().onlyIfCached() -> nothingStored();
      case CacheUse.Use use -> {
        forward = "request";
        fetchAlone(CacheOutcome.MISS, "");
      }
    }
  }

  private void lookUp() {
    var _ = reply.trace().lookUp(() -> relay.cache().lookup(call.key())).onSuccess(this::lookedUp);
  }

  private void lookedUp(Lookup found) {
    cacheSilent = found instanceof Lookup.Unavailable;
    switch (found) {
      case Lookup.Hit(Entry entry) -> weigh(entry);
      case Lookup.Miss miss -> missed("");
      case Lookup.Unavailable(var reason) -> missed(reason.token());
    }
  }

  private void weigh(Entry entry) {
    Instant now = relay.clock().instant();
    switch (EntryFit.of(entry, call.controls(), call.options(), now)) {
      case EntryFit.Serves(boolean stale, boolean refresh) ->
          replay(entry, stale ? CacheOutcome.STALE : CacheOutcome.HIT, now)
              .onSuccess(served -> weighed(served, refresh));
      case EntryFit.Covers covers -> {
        cover = Optional.of(entry);
        forward = "stale";
        missed("");
      }
      case EntryFit.Unfit(String reason) -> {
        forward = reason;
        missed("");
      }
    }
  }

  private void weighed(boolean served, boolean refresh) {
    if (!served) {
      missed("unfit");
    } else if (refresh) {
      refreshBehind();
    }
  }

  private void missed(String detail) {
    if (clientLeft()) {
      return;
    }
    if (call.controls().onlyIfCached()) {
      nothingStored();
    } else if (cover.isPresent() || askedForSimilar || cacheSilent) {
      goUpstream(detail);
    } else {
      askForSimilar(detail);
    }
  }

  private void askForSimilar(String detail) {
    askedForSimilar = true;
    similar = SimilarQuestion.of(relay, call);
    if (similar.isEmpty()) {
      goUpstream(detail);
      return;
    }
    var _ =
        similar
            .get()
            .find(reply.head())
            .compose(found ->
                found
                    .map(entry -> replay(entry, CacheOutcome.SEMANTIC))
                    .orElseGet(() -> Future.succeededFuture(false)))
            .onSuccess(served -> {
              if (!served && !clientLeft()) {
                goUpstream(detail);
              }
            });
  }

  private void goUpstream(String detail) {
    if (!call.coalesces() || rounds >= MOST_ROUNDS) {
      fetchAlone(CacheOutcome.MISS, detail);
    } else {
      board(detail);
    }
  }

  private void board(String detail) {
    var follower = new Following(this, reply, call);
    var _ =
        relay
            .flights()
            .board(call.key(), relay.executor(), follower)
            .onSuccess(seat -> seated(seat, follower, detail));
  }

  private void seated(Flights.Seat taken, Following follower, String detail) {
    if (clientLeft()) {
      taken.giveUp();
      return;
    }
    switch (taken) {
      case Flights.Seat.Lead(var leader) when cacheSilent ->
          fetch(leader, CacheOutcome.MISS, detail);
      case Flights.Seat.Lead(var leader) -> leadIfStillMissing(leader, detail);
      case Flights.Seat.Follow seat -> {
        rounds++;
        follower.seated(seat, relay.flights(), call.options().coalesceWait());
      }
    }
  }

  /**
   * The leader before may have ended, and stored, between our look-up and our boarding: look once
   * more before paying. A cache that did not answer is not waited for twice.
   */
  private void leadIfStillMissing(Flights.Leader leader, String detail) {
    var _ =
        relay
            .cache()
            .holds(call.key())
            .compose(held -> held ? relay.cache().lookup(call.key()) : STILL_MISSING)
            .compose(this::replayFresh)
            .onSuccess(served -> {
              if (served.isPresent()) {
                leader.complete(served.get());
              } else {
                lead(leader, detail);
              }
            });
  }

  /** Replays what was found if it is fresh; what was replayed. */
  private Future<Optional<Entry>> replayFresh(Lookup found) {
    return found instanceof Lookup.Hit(Entry entry) && servesFresh(entry)
        ? replay(entry, CacheOutcome.HIT).map(served -> Optional.of(entry).filter(_ -> served))
        : Future.succeededFuture(Optional.empty());
  }

  private boolean servesFresh(Entry entry) {
    var fit = EntryFit.of(entry, call.controls(), call.options(), relay.clock().instant());
    return fit instanceof EntryFit.Serves(boolean stale, _) && !stale;
  }

  private void lead(Flights.Leader leader, String detail) {
    if (clientLeft()) {
      leader.fail(UpstreamException.Kind.CLIENT_GONE.token());
    } else {
      fetch(leader, CacheOutcome.MISS, detail);
    }
  }

  /**
   * Whether the client left while nobody listened to it: nothing is asked of an upstream for it.
   */
  private boolean clientLeft() {
    if (!reply.isOver()) {
      return false;
    }
    reply.abandoned(CacheOutcome.MISS);
    return true;
  }

  /** Goes on after a flight that gave nothing. */
  void lookUpAgain() {
    if (!clientLeft()) {
      lookUp();
    }
  }

  /** Goes on without sharing. */
  void fetchAlone(CacheOutcome outcome, String detail) {
    if (!clientLeft()) {
      fetch(SoloLeader.INSTANCE, outcome, detail);
    }
  }

  private void fetch(Flights.Leader leader, CacheOutcome outcome, String detail) {
    var note = new MissNote(outcome, forward, detail);
    var client = new ClientAudience(reply, note, call.options().maxEntryBytes(), this::rescue);
    var noted = similar.map(it -> it.noting(leader)).orElse(leader);
    var order = similar.map(it -> it.marked(call.order())).orElseGet(call::order);
    order.keyed().describe(reply.head());
    var fetch = new Fetch(relay, order, noted, client);
    client.onChange(fetch::audienceChanged);
    fetch.start();
  }

  private void refreshBehind() {
    var nobody = new Nobody();
    var _ =
        relay
            .flights()
            .board(call.key(), relay.executor(), nobody)
            .onSuccess(seat -> {
              if (seat instanceof Flights.Seat.Lead(var leader)) {
                new Fetch(relay, call.order(), leader, nobody).start();
              }
            });
  }

  /** Serves a stale answer in place of a failing upstream. */
  private Future<Boolean> rescue() {
    return cover.isPresent()
        ? replay(cover.get(), CacheOutcome.STALE)
        : Future.succeededFuture(false);
  }

  /** Replays {@code entry}; false if it cannot serve this request's wire form. Never fails. */
  Future<Boolean> replay(Entry entry, CacheOutcome outcome) {
    return replay(entry, outcome, relay.clock().instant());
  }

  private Future<Boolean> replay(Entry entry, CacheOutcome outcome, Instant now) {
    return relay.replay().send(reply, call, entry, outcome, now);
  }

  private void nothingStored() {
    reply.head().add("x-should-retry", "false");
    reply.error(504, "only-if-cached", "nothing usable is stored and only-if-cached was asked for");
  }
}
