package io.ccrelay.http;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Choice among the responses stored for one target (RFC 9111 section 4.1). */
public final class Variants {

  private static final String LANGUAGE = "accept-language";
  private static final Comparator<Variant> NEWEST_FIRST =
      Comparator.comparing(Variant::date).reversed();

  private Variants() {}

  /**
   * The newest response that {@code request} selects, one that covers it before one that does not.
   */
  public static Optional<Variant> choose(List<Variant> stored, CacheRequest request) {
    return newest(stored, selectedBy(stored, request.fields()), request)
        .or(() -> newest(stored, preferredBy(request.fields()), request));
  }

  private static Optional<Variant> newest(
      List<Variant> stored, Predicate<Variant> selected, CacheRequest request) {
    var fitting = stored.stream().filter(selected).sorted(NEWEST_FIRST).toList();
    return fitting.stream()
        .filter(variant -> variant.covers(request))
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  /**
   * Where some responses lack {@code Vary}, they are taken for the answer to requests without
   * preferences, and compared by the newest {@code Vary} of the others.
   */
  private static Predicate<Variant> selectedBy(List<Variant> stored, Fields request) {
    Map<Vary, String> selectors = new HashMap<>();
    var newest =
        stored.stream()
            .filter(variant -> !variant.vary().isNone() && !variant.vary().any())
            .min(NEWEST_FIRST)
            .map(Variant::vary)
            .orElse(Vary.NONE);
    return variant -> {
      if (variant.vary().any()) {
        return false;
      }
      boolean lacking = variant.vary().isNone();
      var vary = lacking ? newest : variant.vary();
      String own = lacking ? vary.selector(variant.response().selecting()) : variant.selector();
      return own.equals(selectors.computeIfAbsent(vary, spec -> spec.selector(request)));
    };
  }

  /** Responses in the one language that {@code request} likes best. */
  private static Predicate<Variant> preferredBy(Fields request) {
    var best = favourite(request);
    return variant ->
        best.isPresent()
            && variant.vary().names().contains(LANGUAGE)
            && best.equals(
                variant.response().fields().joined("Content-Language").map(ListMembers::lower))
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
