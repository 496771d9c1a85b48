package io.ccrelay.http;

import io.ccrelay.http.StructuredFields.Bare;
import io.ccrelay.http.StructuredFields.Item;
import io.ccrelay.http.StructuredFields.Member;
import io.ccrelay.http.StructuredFields.Text;
import io.ccrelay.http.StructuredFields.Token;
import io.ccrelay.http.StructuredFields.Truth;
import io.ccrelay.http.StructuredFields.Whole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Directives meant for caches of one kind only (RFC 9213). Safe for use from any context.
 *
 * <p>A value of the wrong type is never converted: a number given as text makes the response stale,
 * a restricting directive restricts whatever its value, a permitting one with a value is ignored.
 */
public final class TargetedCacheControl {

  /** The fields a cache in front of an origin obeys unless configured otherwise. */
  public static final List<String> DEFAULT_FIELDS = List.of("CDN-Cache-Control");

  private static final Set<String> PERMITTING = Set.of("public", "must-understand", "immutable");
  private static final Set<String> QUALIFIABLE = Set.of("no-cache", "private");

  private static final Optional<String> INVALID = Optional.of(CacheControl.INVALID);

  private TargetedCacheControl() {}

  /**
   * The directives of the first field of {@code targets} that is valid and not empty; they replace
   * {@code Cache-Control} and {@code Expires}.
   */
  public static Optional<CacheControl> select(List<String> targets, Fields fields) {
    for (String target : targets) {
      var members = fields.joined(target).flatMap(StructuredFields::dictionary);
      if (members.isPresent() && !members.get().isEmpty()) {
        return Optional.of(directives(members.get()));
      }
    }
    return Optional.empty();
  }

  private static CacheControl directives(Map<String, Member> members) {
    var directives = new HashMap<String, Optional<String>>();
    members.forEach((name, member) -> {
      var value = member instanceof Item item ? Optional.of(item.value()) : noValue();
      if (isGiven(name, value)) {
        directives.put(name, value.map(bare -> argument(name, bare)).orElse(INVALID));
      }
    });
    return CacheControl.of(directives);
  }

  private static Optional<Bare> noValue() {
    return Optional.empty();
  }

  private static boolean isGiven(String name, Optional<Bare> value) {
    if (value.orElse(null) instanceof Truth(boolean given)) {
      return given;
    }
    return !PERMITTING.contains(name);
  }

  private static Optional<String> argument(String name, Bare value) {
    return switch (value) {
      case Truth _ -> Optional.empty();
      case Whole(long number) when number >= 0 -> Optional.of(Long.toString(number));
      case Text(String names) when QUALIFIABLE.contains(name) -> Optional.of(names);
      case Token(String names) when QUALIFIABLE.contains(name) -> Optional.of(names);
      default -> INVALID;
    };
  }
}
