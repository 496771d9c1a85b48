package io.ccrelay.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cache directives of a message (RFC 9111 section 5.2), unknown ones ignored. Immutable; safe
 * for use from any context.
 *
 * <p>Reading is tolerant towards the stricter meaning: of a directive given twice the first counts,
 * an unqualified {@code private} or {@code no-cache} beats a qualified one, and a number that is
 * none reads as zero seconds, which makes a response stale (section 4.2.1).
 */
public final class CacheControl {

  /** No directive at all. */
  public static final CacheControl NONE = new CacheControl(Map.of());

  /** An argument that is valid for no directive. */
  static final String INVALID = "";

  private static final Set<String> QUALIFIABLE = Set.of("no-cache", "private");

  private final Map<String, Optional<String>> directives;

  private CacheControl(Map<String, Optional<String>> directives) {
    this.directives = directives;
  }

  /** The directives of a response. */
  public static CacheControl ofResponse(Fields fields) {
    return fields.joined("Cache-Control").map(CacheControl::parse).orElse(NONE);
  }

  /**
   * The directives of a request; {@code Pragma: no-cache} counts when there is no {@code
   * Cache-Control} (RFC 9111 section 5.4).
   */
  public static CacheControl ofRequest(Fields fields) {
    if (fields.has("Cache-Control")) {
      return ofResponse(fields);
    }
    return fields.has("Pragma") && ListMembers.names(fields, "Pragma").contains("no-cache")
        ? parse("no-cache")
        : NONE;
  }

  /** The directives of one field value. */
  public static CacheControl parse(String value) {
    var directives = new LinkedHashMap<String, Optional<String>>();
    for (String member : ListMembers.of(value)) {
      int equals = member.indexOf('=');
      String name = ListMembers.lower(equals < 0 ? member : member.substring(0, equals));
      if (name.endsWith(" ") || name.endsWith("\t")) {
        put(directives, ListMembers.trim(name), Optional.of(INVALID));
      } else {
        put(
            directives,
            name,
            equals < 0 ? Optional.empty() : Optional.of(argument(member.substring(equals + 1))));
      }
    }
    return new CacheControl(directives);
  }

  /** Directives by lower-case name; an argument of {@link #INVALID} is valid for none. */
  static CacheControl of(Map<String, Optional<String>> directives) {
    return new CacheControl(Map.copyOf(directives));
  }

  /** Whether the directive {@code name}, in lower case, is given in any form. */
  public boolean has(String name) {
    return directives.containsKey(name);
  }

  /** {@code no-store}. */
  public boolean noStore() {
    return has("no-store");
  }

  /** {@code no-cache} without a list of fields. */
  public boolean noCache() {
    return has("no-cache") && noCacheFields().isEmpty();
  }

  /** The fields, in lower case, that {@code no-cache} names; empty if absent or unqualified. */
  public Set<String> noCacheFields() {
    return names("no-cache");
  }

  /** {@code private} without a list of fields. */
  public boolean isPrivate() {
    return has("private") && privateFields().isEmpty();
  }

  /** The fields, in lower case, that {@code private} names; empty if absent or unqualified. */
  public Set<String> privateFields() {
    return names("private");
  }

  /** {@code public}. */
  public boolean isPublic() {
    return has("public");
  }

  /** {@code must-understand}. */
  public boolean mustUnderstand() {
    return has("must-understand");
  }

  /** {@code no-transform}. */
  public boolean noTransform() {
    return has("no-transform");
  }

  /** {@code only-if-cached}. */
  public boolean onlyIfCached() {
    return has("only-if-cached");
  }

  /** {@code immutable} (RFC 8246). */
  public boolean immutable() {
    return has("immutable");
  }

  /**
   * Whether a shared cache must not reuse the response stale: {@code must-revalidate}, {@code
   * proxy-revalidate}, {@code s-maxage} or an unqualified {@code no-cache} (RFC 9111 section
   * 4.2.4).
   */
  public boolean forbidsStale() {
    return has("must-revalidate") || has("proxy-revalidate") || has("s-maxage") || noCache();
  }

  /**
   * Whether a shared cache may keep the response to a request with credentials (RFC 9111 section
   * 3.5).
   */
  public boolean allowsAuthorized() {
    return isPublic() || has("s-maxage") || has("must-revalidate");
  }

  /** {@code max-age}; zero when its number is invalid. */
  public Optional<Duration> maxAge() {
    return seconds("max-age");
  }

  /** {@code s-maxage}; zero when its number is invalid. */
  public Optional<Duration> sharedMaxAge() {
    return seconds("s-maxage");
  }

  /** {@code min-fresh}; zero when its number is invalid. */
  public Optional<Duration> minFresh() {
    return seconds("min-fresh");
  }

  /** {@code max-stale}; {@link DeltaSeconds#MAX} without a number, zero when it is invalid. */
  public Optional<Duration> maxStale() {
    var argument = directives.get("max-stale");
    return argument != null && argument.isEmpty()
        ? Optional.of(DeltaSeconds.MAX)
        : seconds("max-stale");
  }

  /** {@code stale-while-revalidate} (RFC 5861 section 3); zero when its number is invalid. */
  public Optional<Duration> staleWhileRevalidate() {
    return seconds("stale-while-revalidate");
  }

  /** {@code stale-if-error} (RFC 5861 section 4); zero when its number is invalid. */
  public Optional<Duration> staleIfError() {
    return seconds("stale-if-error");
  }

  private Optional<Duration> seconds(String name) {
    var argument = directives.get(name);
    return argument == null
        ? Optional.empty()
        : Optional.of(argument.flatMap(DeltaSeconds::parse).orElse(Duration.ZERO));
  }

  /** An argument that is no list of field names reads as no list: the directive is unqualified. */
  private Set<String> names(String name) {
    var argument = directives.get(name);
    if (argument == null || argument.isEmpty()) {
      return Set.of();
    }
    var names = new TreeSet<String>();
    for (String member : ListMembers.of(argument.get())) {
      if (!ListMembers.isToken(member)) {
        return Set.of();
      }
      names.add(ListMembers.lower(member));
    }
    return names;
  }

  private static void put(
      Map<String, Optional<String>> directives, String name, Optional<String> argument) {
    if (QUALIFIABLE.contains(name)) {
      directives.merge(name, argument, CacheControl::union);
    } else {
      directives.putIfAbsent(name, argument);
    }
  }

  private static Optional<String> union(Optional<String> first, Optional<String> second) {
    return first
        .filter(names -> !names.isEmpty())
        .flatMap(a -> second.filter(names -> !names.isEmpty()).map(b -> a + "," + b));
  }

  /** The text of a token or quoted-string; {@link #INVALID} for anything else. */
  private static String argument(String raw) {
    if (!raw.startsWith("\"")) {
      return ListMembers.isToken(raw) ? raw : INVALID;
    }
    var text = new StringBuilder();
    for (int i = 1; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '"') {
        return i == raw.length() - 1 ? text.toString() : INVALID;
      }
      if (c == '\\' && ++i < raw.length()) {
        c = raw.charAt(i);
      }
      text.append(c);
    }
    return INVALID;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheControl that && directives.equals(that.directives);
  }

  @Override
  public int hashCode() {
    return directives.hashCode();
  }

  @Override
  public String toString() {
    return "CacheControl" + directives.keySet();
  }
}
