package io.ccrelay.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The responses stored for one target and the choice among them (RFC 9111 section 4.1). They are
 * filed by what selects them, so that a look-up costs the same however many there are. Immutable;
 * safe for use from any context.
 */
public final class Variants {

  private static final String LANGUAGE = "accept-language";
  private static final Comparator<Variant> NEWEST_FIRST =
      Comparator.comparing(Variant::date).reversed();

  private final List<Variant> stored;
  private final Map<Vary, Map<String, List<Variant>>> filed = new HashMap<>();
  private final boolean byLanguage;

  private Variants(List<Variant> stored) {
    this.stored = List.copyOf(stored);
    this.byLanguage =
        stored.stream().anyMatch(variant -> variant.vary().names().contains(LANGUAGE));
    var newestFirst = stored.stream().sorted(NEWEST_FIRST).toList();
    Vary newest =
        newestFirst.stream()
            .map(Variant::vary)
            .filter(vary -> !vary.isNone() && !vary.any())
            .findFirst()
            .orElse(Vary.NONE);
    newestFirst.stream()
        .filter(variant -> !variant.vary().any())
        .forEach(variant -> file(variant, newest));
  }

  /** The responses {@code stored} for one target. */
  public static Variants of(List<Variant> stored) {
    return new Variants(stored);
  }

  /** The newest of {@code stored} that {@code request} selects. */
  static Optional<Variant> choose(List<Variant> stored, CacheRequest request) {
    return of(stored).choose(request);
  }

  /** All of them. */
  public List<Variant> all() {
    return stored;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return stored.isEmpty();
  }

  /**
   * The newest response that {@code request} selects, one that covers it before one that does not.
   */
  public Optional<Variant> choose(CacheRequest request) {
    var selected = best(selectedBy(request.fields()), request);
    return selected.isPresent() || !byLanguage ? selected : preferredBy(request);
  }

  /**
   * Where some responses lack {@code Vary}, they are taken for the answer to requests without
   * preferences, and compared by the newest {@code Vary} of the others.
   */
  private void file(Variant variant, Vary newest) {
    boolean lacking = variant.vary().isNone();
    Vary vary = lacking ? newest : variant.vary();
    String own = lacking ? vary.selector(variant.response().selecting()) : variant.selector();
    filed
        .computeIfAbsent(vary, first -> new HashMap<>())
        .computeIfAbsent(own, first -> new ArrayList<>())
        .add(variant);
  }

  /** Those that {@code request} selects, the newest first. */
  private List<Variant> selectedBy(Fields request) {
    List<Variant> selected = List.of();
    for (var entry : filed.entrySet()) {
      var fitting = entry.getValue().getOrDefault(entry.getKey().selector(request), List.of());
      if (selected.isEmpty()) {
        selected = fitting;
      } else if (!fitting.isEmpty()) {
        var both = new ArrayList<>(selected);
        both.addAll(fitting);
        both.sort(NEWEST_FIRST);
        selected = both;
      }
    }
    return selected;
  }

  private static Optional<Variant> best(List<Variant> newestFirst, CacheRequest request) {
    for (Variant variant : newestFirst) {
      if (variant.covers(request)) {
        return Optional.of(variant);
      }
    }
    return newestFirst.stream().findFirst();
  }

  /** A response in the one language that {@code request} likes best. */
  private Optional<Variant> preferredBy(CacheRequest request) {
    return favourite(request.fields())
        .flatMap(language ->
            best(
                stored.stream()
                    .filter(isIn(language, request.fields()))
                    .sorted(NEWEST_FIRST)
                    .toList(),
                request));
  }

  private static Predicate<Variant> isIn(String language, Fields request) {
    return variant ->
        variant.vary().names().contains(LANGUAGE)
            && variant
                .response()
                .fields()
                .joined("Content-Language")
                .filter(own -> ListMembers.lower(own).equals(language))
                .isPresent()
            && otherThanLanguage(variant.vary()).matches(variant.response().selecting(), request);
  }

  private static Vary otherThanLanguage(Vary vary) {
    return new Vary(
        vary.any(), vary.names().stream().filter(name -> !name.equals(LANGUAGE)).toList());
  }

  private static Optional<String> favourite(Fields request) {
    var ranked =
        request.joined(LANGUAGE).map(Weighted::list).orElse(List.of()).stream()
            .sorted(Weighted.BY_WEIGHT_THEN_NAME)
            .toList();
    boolean tied = ranked.size() > 1 && ranked.get(0).weight() == ranked.get(1).weight();
    return tied
        ? Optional.empty()
        : ranked.stream().findFirst().filter(best -> best.weight() > 0).map(Weighted::name);
  }
}
