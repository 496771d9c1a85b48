package io.ccrelay.proxy.api;

import io.ccrelay.cache.Flights;
import io.ccrelay.http.CacheStatus;
import io.ccrelay.http.Exchange;
import io.ccrelay.http.Fields;
import io.ccrelay.http.HttpDate;
import io.ccrelay.http.StalePlan;
import io.ccrelay.http.Variant;
import io.ccrelay.proxy.Discard;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;

/**
 * One exchange with the origin and what becomes of its answer: it goes to the audience as it
 * arrives, and beside it to the store if it may be kept; a 304 freshens what is stored. Confined to
 * one context.
 */
final class OriginFetch implements Upstream.Sink {

  private final Scene scene;
  private final Order order;
  private final Flights.Leader leader;
  private final Audience audience;
  private final Confirmation confirmation;

  private Instant requestTime = Instant.MIN;
  private Optional<Upstream.Call> exchange = Optional.empty();
  private Optional<Reading> reading = Optional.empty();
  private Optional<Recording> recording = Optional.empty();
  private boolean done;
  private boolean givenUp;

  OriginFetch(Scene scene, Order order, Flights.Leader leader, Audience audience) {
    this.scene = scene;
    this.order = order;
    this.leader = leader;
    this.audience = audience;
    this.confirmation = new Confirmation(scene, order, leader, audience, this::again);
  }

  void start() {
    requestTime = scene.now();
    leader.onChange(this::pace);
    var sent =
        scene.backends().call(scene.call().request(order.fields(), new Upstream.Body.None()));
    exchange = Optional.of(sent);
    sent.onInterim(audience::interim)
        .send()
        .onComplete(
            arrived -> Defect.guard(() -> answered(arrived), this::giveUp),
            failure -> Defect.guard(() -> unanswered(failure), this::giveUp));
  }

  /** After a defect of the relay: neither the client nor followers wait for what will not come. */
  private void giveUp() {
    if (givenUp) {
      return;
    }
    givenUp = true;
    done = true;
    leader.fail(Defect.TOKEN);
    exchange.ifPresent(Upstream.Call::cancel);
    audience.failed();
  }

  /** The audience's pace changed, or it left: what nobody else waits for is given up. */
  void audienceChanged() {
    if (audience.isGone() && !done && leader.followers() == 0 && recording.isEmpty()) {
      done = true;
      leader.fail("client-gone");
      exchange.ifPresent(Upstream.Call::cancel);
    } else {
      pace();
    }
  }

  private void answered(Upstream.Answer arrived) {
    if (done) {
      arrived.cancel();
      return;
    }
    var seen =
        new Exchange(order.request(), arrived.status(), arrived.fields(), requestTime, scene.now());
    if (order.validating() && arrived.status() == 304) {
      confirmed(arrived, seen);
    } else if (StalePlan.afterStatus(
            arrived.status(), order.request(), selected(), scene.now(), scene.rules())
        instanceof StalePlan.Serve(Variant variant, var ttl)) {
      done = true;
      arrived.cancel();
      confirmation.stale(
          variant, status().forwardStatus(arrived.status()).ttl(ttl), 502, "upstream-error");
    } else {
      relay(arrived, seen);
    }
  }

  private void confirmed(Upstream.Answer arrived, Exchange seen) {
    switch (confirmation.of(seen)) {
      case FRESHENED -> dismiss(arrived);
      case CLIENTS_OWN -> relay(arrived, seen);
      case NOTHING -> {
        dismiss(arrived);
        again();
      }
    }
  }

  private void dismiss(Upstream.Answer arrived) {
    done = true;
    arrived.start(new Discard(failure -> {}));
  }

  private void again() {
    var repeated = new OriginFetch(scene, order.unconditional(), leader, audience);
    if (audience instanceof ClientSide client) {
      client.onChange(repeated::audienceChanged);
    }
    repeated.start();
  }

  private void relay(Upstream.Answer arrived, Exchange seen) {
    reading = Optional.of(new Reading(arrived, audience, leader));
    Recording.Decision decision = Recording.decide(arrived, seen, scene.cached().options());
    CacheStatus status = status();
    if (decision instanceof Recording.Decision.Keep(Variant variant)) {
      recording =
          Optional.of(
              new Recording(variant, scene.cached().options().maxEntryBytes(), arrived.length()));
      status = status.stored(true);
    } else if (decision instanceof Recording.Decision.Pass(String token)) {
      leader.refuse(token);
      confirmation.contradicted(seen);
      status = status.detail(token);
    }
    Fields dated = HttpDate.stamp(arrived.fields(), seen.responseTime());
    audience.head(arrived.status(), dated, status);
    arrived.start(this);
    pace();
  }

  @Override
  public void chunk(Buffer chunk) {
    if (!done) {
      Defect.guard(() -> add(chunk), this::giveUp);
    }
  }

  private void add(Buffer chunk) {
    if (recording.isPresent() && !recording.get().add(chunk)) {
      recording = Optional.empty();
      leader.refuse("too-large");
    }
    audience.chunk(chunk);
    if (audience.isGone()) {
      audienceChanged();
    }
    pace();
  }

  /** What is stored is on its way to the store before the client has the end. */
  @Override
  public void end(Fields trailers) {
    if (done) {
      return;
    }
    done = true;
    Defect.guard(
        () -> {
          recording
              .flatMap(Recording::complete)
              .ifPresentOrElse(this::keep, () -> leader.refuse("incomplete"));
          audience.end(trailers);
        },
        this::giveUp);
  }

  private void keep(Recording.Complete complete) {
    var _ =
        scene
            .store()
            .keep(scene.target(), complete.variant(), complete.content(), requestTime)
            .onComplete(stored ->
                Defect.guard(
                    () ->
                        leader.complete(HeldFormat.single(complete.variant(), complete.content())),
                    () -> leader.fail(Defect.TOKEN)));
  }

  @Override
  public void failed(UpstreamException cause) {
    if (!done) {
      done = true;
      leader.fail(cause.kind().token());
      audience.broken();
    }
  }

  private void unanswered(Throwable failure) {
    if (done) {
      return;
    }
    done = true;
    var kind =
        failure instanceof UpstreamException known ? known.kind() : UpstreamException.Kind.BROKEN;
    var plan =
        StalePlan.afterFailure(
            isWithoutAnswer(failure) ? StalePlan.Failure.UNREACHABLE : StalePlan.Failure.BROKEN,
            order.request(),
            selected(),
            scene.now(),
            scene.rules());
    switch (plan) {
      case StalePlan.Serve(Variant variant, var ttl) ->
          confirmation.stale(
              variant, status().ttl(ttl).detail(kind.token()), kind.status(), kind.token());
      case StalePlan.Refuse(int status) ->
          refuse(order.selected().isPresent() ? status : kind.status(), kind.token());
      case StalePlan.PassOn none -> refuse(kind.status(), kind.token());
    }
  }

  private static boolean isWithoutAnswer(Throwable failure) {
    return failure instanceof UpstreamException known
        && (known.kind() != UpstreamException.Kind.BROKEN || known.isLost());
  }

  private void refuse(int status, String token) {
    leader.fail(token);
    audience.refused(status, token);
  }

  private Optional<Variant> selected() {
    return order.selected().map(Held::variant);
  }

  private CacheStatus status() {
    return CacheStatus.forward(order.reason());
  }

  private void pace() {
    if (!done) {
      reading.ifPresent(it -> it.adjust(recording.isPresent()));
    }
  }
}
