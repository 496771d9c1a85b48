package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Flights;
import io.ccrelay.http.CacheStatus;
import io.ccrelay.http.EntityTag;
import io.ccrelay.http.Exchange;
import io.ccrelay.http.ForwardConditions;
import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.StorePlan;
import io.ccrelay.http.Update;
import io.ccrelay.http.Variant;
import io.ccrelay.http.Variants;
import java.util.ArrayList;
import java.util.List;

/**
 * What an answer of the origin says about stored responses: that they are current, that they are
 * not, or, by failing, nothing. Confined to one context.
 */
final class Confirmation {

  private final Scene scene;
  private final Order order;
  private final Flights.Leader leader;
  private final Audience audience;
  private final Runnable repeat;

  /** What a 304 confirmed. */
  enum Outcome {
    /** Something stored, which has become the answer. */
    FRESHENED,
    /** What the client holds: the 304 is the answer. */
    CLIENTS_OWN,
    /** Nothing: the request is to be repeated without conditions. */
    NOTHING
  }

  private record Change(Held before, Held after, boolean kept) {}

  Confirmation(
      Scene scene, Order order, Flights.Leader leader, Audience audience, Runnable repeat) {
    this.scene = scene;
    this.order = order;
    this.leader = leader;
    this.audience = audience;
    this.repeat = repeat;
  }

  /** Acts on the 304 of {@code exchange} (RFC 9111 section 4.3.4). */
  Outcome of(Exchange exchange) {
    List<Variant> confirmed = Update.select(Held.variants(order.held()), exchange.fields());
    if (confirmed.isEmpty()) {
      boolean clients =
          exchange
              .fields()
              .first("ETag")
              .flatMap(EntityTag::parse)
              .filter(tag -> ForwardConditions.isClients(order.request(), tag))
              .isPresent();
      return clients ? Outcome.CLIENTS_OWN : Outcome.NOTHING;
    }
    var changes = new ArrayList<Change>();
    for (Held held : order.held()) {
      if (confirmed.contains(held.variant())) {
        changes.add(change(held, exchange));
      }
    }
    freshen(exchange, changes);
    return Outcome.FRESHENED;
  }

  private Change change(Held held, Exchange exchange) {
    var merged = Update.merge(held.variant().response(), exchange, rules());
    boolean kept =
        StorePlan.ofUpdated(merged, exchange.request(), rules()) instanceof StorePlan.Keep;
    return new Change(held, held.with(Variant.of(merged, rules())), kept);
  }

  private void freshen(Exchange exchange, List<Change> changes) {
    Change best =
        changes.stream()
            .filter(change -> order.selected().filter(change.before()::equals).isPresent())
            .findFirst()
            .orElse(changes.getFirst());
    Defect.guard(
        scene.store().content(best.before()),
        content ->
            content.ifPresentOrElse(
                bytes -> revise(exchange, changes, () -> answer(best, bytes)), repeat),
        this::giveUp);
  }

  private void revise(Exchange exchange, List<Change> changes, Runnable afterwards) {
    var _ =
        scene
            .store()
            .revise(
                scene.target(),
                exchange.requestTime(),
                held -> {
                  var next = held;
                  for (Change change : changes) {
                    Variant before = change.before().variant();
                    next =
                        change.kept()
                            ? HeldSet.replaced(next, before, change.after().variant())
                            : HeldSet.without(next, before);
                  }
                  return next;
                })
            .onComplete(revised -> Defect.guard(afterwards, this::giveUp));
  }

  private void giveUp() {
    leader.fail(Defect.TOKEN);
    audience.failed();
  }

  /** Others find what was freshened; what serves nobody unasked, each asks for by itself. */
  private void answer(Change best, Bytes content) {
    Variant variant = best.after().variant();
    boolean reusable =
        best.kept() && !variant.needsValidation() && variant.freshness().isFresh(scene.now());
    if (reusable) {
      leader.fail("validated");
    } else {
      leader.refuse("validated");
    }
    var status =
        CacheStatus.forward(order.reason())
            .forwardStatus(304)
            .ttl(variant.freshness().ttl(scene.now()))
            .stored(best.kept());
    audience.stored(best.after(), content, true, status);
  }

  /** Answers with the stored {@code variant} though it is stale, or with an error if it is gone. */
  void stale(Variant variant, CacheStatus status, int otherwise, String token) {
    Held held = order.selected().filter(one -> one.variant().equals(variant)).orElseThrow();
    Defect.guard(
        scene.store().content(held),
        content ->
            content.ifPresentOrElse(
                bytes -> {
                  leader.complete(HeldFormat.single(variant, bytes));
                  audience.stored(held, bytes, false, status);
                },
                () -> {
                  leader.fail(token);
                  audience.refused(otherwise, token);
                }),
        this::giveUp);
  }

  /**
   * The origin answered {@code exchange} with something that is not stored. What was asked about is
   * not current then, and a HEAD tells how far the stored response still is.
   */
  void contradicted(Exchange exchange) {
    boolean gone = exchange.status() < 400 || exchange.status() == 404 || exchange.status() == 410;
    if (exchange.request().method().equals("HEAD")) {
      if (exchange.status() == 200) {
        headed(exchange);
      }
    } else if (order.validating() && gone && order.selected().isPresent()) {
      Variant old = order.selected().get().variant();
      var _ =
          scene
              .store()
              .revise(scene.target(), exchange.requestTime(), held -> HeldSet.without(held, old));
    }
  }

  private void headed(Exchange exchange) {
    Variants.of(Held.variants(order.held()))
        .choose(exchange.request())
        .ifPresent(old -> {
          var next = Variant.of(Update.head(old.response(), exchange, rules()), rules());
          var _ =
              scene
                  .store()
                  .revise(
                      scene.target(),
                      exchange.requestTime(),
                      held -> HeldSet.replaced(held, old, next));
        });
  }

  private HttpCacheOptions rules() {
    return scene.rules();
  }
}
