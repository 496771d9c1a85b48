package io.ccrelay.proxy.api;

import io.ccrelay.http.CacheRequest;
import io.ccrelay.http.Fields;
import io.ccrelay.http.Variant;
import io.ccrelay.http.Variants;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * All responses stored for one target, and how to find among them. Made once for each change of
 * what is stored. Immutable.
 */
final class Shelf {

  /** Nothing stored. */
  static final Shelf EMPTY = new Shelf(List.of());

  private final List<Held> held;
  private final Variants variants;
  private final IdentityHashMap<Variant, Held> places = new IdentityHashMap<>();
  private final boolean coded;

  private Shelf(List<Held> held) {
    this.held = held;
    this.variants = Variants.of(Held.variants(held));
    this.coded = held.stream().anyMatch(one -> Codings.isUnannounced(one.variant()));
    held.forEach(one -> places.put(one.variant(), one));
  }

  /** The shelf with {@code held}. */
  static Shelf of(List<Held> held) {
    return held.isEmpty() ? EMPTY : new Shelf(List.copyOf(held));
  }

  /** All of them, the one stored last in front. */
  List<Held> held() {
    return held;
  }

  /** The same for the rules. */
  Variants variants() {
    return variants;
  }

  /** Those that a client may get that sent {@code request}. */
  Shelf acceptableTo(Fields request) {
    return coded ? of(Codings.acceptable(held, request)) : this;
  }

  /** Where {@code variant}, one of {@link #variants}, is held. */
  Held holding(Variant variant) {
    return Optional.ofNullable(places.get(variant)).orElseThrow();
  }

  /** What {@code request} selects. */
  Optional<Held> selectedBy(CacheRequest request) {
    return variants.choose(request).map(this::holding);
  }
}
