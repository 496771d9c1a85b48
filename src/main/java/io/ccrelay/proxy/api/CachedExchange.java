package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Age;
import io.ccrelay.http.CachePlan;
import io.ccrelay.http.CacheRequest;
import io.ccrelay.http.CacheStatus;
import io.ccrelay.http.Collapse;
import io.ccrelay.http.ForwardConditions;
import io.ccrelay.http.ForwardReason;
import io.ccrelay.http.Freshness;
import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.Variant;
import io.ccrelay.http.Vary;
import io.ccrelay.proxy.SoloLeader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The way of one GET or HEAD through the cache. Confined to the request's context; holds no rule of
 * its own.
 *
 * <pre>
 * look up -> plan -> serve
 *                 -> serve, and validate behind
 *                 -> ask the origin -> board a flight -> lead   -> plan again -> fetch for all
 *                                                     -> follow -> shared, alone, or look up again
 *                 -> 504
 * </pre>
 */
final class CachedExchange {

  /** Flights that are followed in vain before the request goes on alone. */
  private static final int MOST_ROUNDS = 8;

  /** A stored response that serves, as of {@code now}. */
  private record Hit(
      Held one, CacheStatus status, Instant now, Runnable beforeWhole, Runnable afterwards) {

    boolean isStale() {
      return status.ttl().filter(ttl -> !ttl.isPositive()).isPresent();
    }
  }

  private final ApiRelay relay;
  private final Api api;
  private final Api.Cached cached;
  private final ApiCall call;
  private final Target target;
  private ForwardReason reason = ForwardReason.URI_MISS;
  private boolean alone;
  private int rounds;

  CachedExchange(ApiRelay relay, Api api, Api.Cached cached, ApiCall call, Target target) {
    this.relay = relay;
    this.api = api;
    this.cached = cached;
    this.call = call;
    this.target = target;
  }

  /** Begins with the look-up. */
  void begin() {
    lookUp(Optional.empty());
  }

  /** Goes on after a flight that gave nothing. */
  void lookUpAgain() {
    rounds++;
    lookUp(Optional.empty());
  }

  /** Goes on without sharing. */
  void goOnAlone() {
    alone = true;
    lookUp(Optional.empty());
  }

  /** Answers with what another request for the same target brought. */
  void share(Held held, Bytes content) {
    var status = CacheStatus.forward(reason).collapsed(true);
    answer(CacheOutcome.COALESCED)
        .send(held.variant(), content, false, status, relay.clock().instant());
  }

  private void lookUp(Optional<Flights.Leader> leader) {
    Defect.guard(
        call.reply().trace().lookUp(() -> cached.store().find(target.key())),
        shelf -> plan(shelf, leader),
        () -> giveUp(leader));
  }

  /** After a defect of the relay: nobody waits for what will not come. */
  private void giveUp(Optional<Flights.Leader> leader) {
    leader.ifPresent(it -> it.fail(Defect.TOKEN));
    call.reply().error(500, Defect.TOKEN);
  }

  private void plan(Shelf all, Optional<Flights.Leader> leader) {
    if (call.reply().isOver()) {
      leader.ifPresent(it -> it.fail("client-gone"));
      return;
    }
    Shelf shelf = all.acceptableTo(request().fields());
    Instant now = relay.clock().instant();
    switch (CachePlan.of(request(), shelf.variants(), now, rules())) {
      case CachePlan.Serve(Variant variant, var ttl) -> {
        leader.ifPresent(it -> it.fail("stored-meanwhile"));
        Held one = shelf.holding(variant);
        Runnable repeatable = () -> repeatable(all, one, now);
        serve(shelf, new Hit(one, CacheStatus.hit(ttl), now, repeatable, () -> {}));
      }
      case CachePlan.ServeWhileRevalidating(Variant variant, var ttl) -> {
        leader.ifPresent(it -> it.fail("stored-meanwhile"));
        Held one = shelf.holding(variant);
        Runnable validation = () -> validateBehind(shelf.held(), one);
        serve(shelf, new Hit(one, CacheStatus.hit(ttl), now, () -> {}, validation));
      }
      case CachePlan.Validate(var selected, var candidates, var why, var fields) ->
          ask(
              new Order(request(), fields, why, shelf.held(), selected.map(shelf::holding), true),
              leader);
      case CachePlan.Forward(ForwardReason why) -> ask(plain(shelf, why), leader);
      case CachePlan.Refuse refuse -> call.reply().error(504, "only-if-cached");
    }
  }

  private Order plain(Shelf shelf, ForwardReason why) {
    return new Order(
        request(), request().fields(), why, shelf.held(), shelf.selectedBy(request()), false);
  }

  private void serve(Shelf shelf, Hit hit) {
    if (!StoredAnswer.needsContent(request(), hit.one().variant())) {
      send(hit, Bytes.empty());
      return;
    }
    Defect.guard(
        cached.store().content(hit.one()),
        content ->
            content.ifPresentOrElse(
                bytes -> send(hit, bytes),
                () -> fetch(plain(shelf, ForwardReason.MISS), SoloLeader.INSTANCE)),
        () -> giveUp(Optional.empty()));
  }

  private void send(Hit hit, Bytes content) {
    var outcome = hit.isStale() ? CacheOutcome.STALE : CacheOutcome.HIT;
    new StoredAnswer(call.reply(), request(), rules(), outcome, hit.beforeWhole())
        .send(hit.one().variant(), content, false, hit.status(), hit.now());
    hit.afterwards().run();
  }

  /** Equal requests get the same while {@code all} is what is stored; content apart may be lost. */
  @SuppressWarnings("ReferenceEquality") // what is stored, not something equal stored since
  private void repeatable(Shelf all, Held one, Instant now) {
    Freshness freshness = one.variant().freshness();
    if (freshness.isFresh(now) && one.content() instanceof Held.Content.Inline) {
      VariantStore store = cached.store();
      Key key = target.key();
      call.reply()
          .repeatable(
              Age.toldUntil(now, freshness.age(now), freshness.ttl(now)),
              () -> store.find(key).map(found -> found == all));
    }
  }

  private void ask(Order order, Optional<Flights.Leader> leader) {
    reason = order.reason();
    if (leader.isPresent()) {
      fetch(order, leader.get());
    } else if (alone
        || rounds >= MOST_ROUNDS
        || !request().isGet()
        || !Collapse.mayWait(request())) {
      fetch(order, SoloLeader.INSTANCE);
    } else {
      board(order);
    }
  }

  private void board(Order order) {
    Key flight = target.flight(selector(order.held()));
    var follower = new Collapsed(this, call.reply(), target, cached);
    var _ =
        relay
            .flights()
            .board(flight, relay.executor(), follower)
            .onSuccess(seat -> seated(seat, follower));
  }

  private void seated(Flights.Seat taken, Collapsed follower) {
    if (call.reply().isOver()) {
      taken.giveUp();
      return;
    }
    switch (taken) {
      // The leader before may have ended, and stored, since our look-up: look once more.
      case Flights.Seat.Lead(var leader) -> lookUp(Optional.of(leader));
      case Flights.Seat.Follow seat -> follower.seated(seat, relay.flights());
    }
  }

  private String selector(List<Held> held) {
    return held.stream()
        .map(one -> one.variant().vary())
        .filter(vary -> !vary.isNone())
        .findFirst()
        .orElse(Vary.NONE)
        .selector(request().fields());
  }

  private void fetch(Order order, Flights.Leader leader) {
    var client =
        new ClientSide(
            call.reply(), request(), rules(), relay.clock(), cached.options().maxEntryBytes());
    var fetch = new OriginFetch(scene(call), order, leader, client);
    client.onChange(fetch::audienceChanged);
    fetch.start();
  }

  /** Asks once, whoever else is served the same stale response meanwhile. */
  private void validateBehind(List<Held> held, Held one) {
    Key flight = target.flight("behind " + one.variant().selector());
    var _ =
        relay
            .flights()
            .board(flight, relay.executor(), Overlooked.INSTANCE)
            .onSuccess(seat -> validateBehind(seat, held, one));
  }

  private void validateBehind(Flights.Seat seat, List<Held> held, Held one) {
    if (seat instanceof Flights.Seat.Lead(var leader)) {
      var fields = ForwardConditions.background(one.variant());
      var own =
          CacheRequest.of("GET", request().key(), one.variant().response().selecting(), rules());
      var order = new Order(own, fields, ForwardReason.STALE, held, Optional.of(one), true);
      new OriginFetch(scene(call.asGet()), order, leader, Audience.NOBODY).start();
    }
  }

  private Scene scene(ApiCall asked) {
    return new Scene(relay.clock(), api.backends(), cached, asked, target);
  }

  private StoredAnswer answer(CacheOutcome outcome) {
    return new StoredAnswer(call.reply(), request(), rules(), outcome);
  }

  private CacheRequest request() {
    return target.request();
  }

  private HttpCacheOptions rules() {
    return cached.options().rules();
  }
}
