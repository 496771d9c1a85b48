package io.ccrelay.llm;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a client asks of the cache: request directives of RFC 9111 section 5.2.1 and RFC 5861, the
 * relay's own fields, and those of other gateways that mean the same. Immutable.
 *
 * @param noRead no stored answer may serve
 * @param noWrite the answer must not be stored
 * @param onlyIfCached the upstream must not be asked
 * @param maxAge greatest age of a stored answer
 * @param minFresh least remaining freshness
 * @param maxStale greatest staleness that is welcome
 * @param staleIfError greatest staleness that is welcome if the upstream fails
 * @param ttl freshness lifetime wanted for the answer
 * @param namespace partition, the client's own; joins the key beside the scope
 * @param tags surrogate tags for the answer
 * @param debug whether to say what the key is made of
 * @param ignored names of fields or directives that were malformed
 */
public record CacheControls(
    boolean noRead,
    boolean noWrite,
    boolean onlyIfCached,
    Optional<Duration> maxAge,
    Optional<Duration> minFresh,
    Optional<Duration> maxStale,
    Optional<Duration> staleIfError,
    Optional<Duration> ttl,
    Optional<String> namespace,
    List<String> tags,
    boolean debug,
    List<String> ignored) {

  /** Nothing is asked. */
  public static final CacheControls NONE = new ControlReader().result();

  /** "max-stale" without a value: any staleness. */
  static final Duration ANY_STALENESS = Duration.ofDays(36500);

  private static final Set<String> NAMES =
      Set.of(
          "cache-control",
          "pragma",
          "cf-aig-skip-cache",
          "cf-aig-cache-ttl",
          "cf-aig-cache-key",
          "x-portkey-cache-force-refresh",
          "x-portkey-cache-namespace",
          "helicone-cache-enabled",
          "helicone-cache-seed");

  private static final List<String> PREFIXES =
      List.of("x-cc-relay-", "x-openrouter-cache", "helicone-cache-");

  /** Makes the lists immutable. */
  public CacheControls {
    tags = List.copyOf(tags);
    ignored = List.copyOf(ignored);
  }

  /** What {@code request} asks. */
  public static CacheControls of(Fields request) {
    List<Field> mine = new ArrayList<>(2);
    for (Field line : request) {
      if (isControl(line.name())) {
        mine.add(line);
      }
    }
    if (mine.isEmpty()) {
      return NONE;
    }
    var reader = new ControlReader();
    mine.forEach(reader::read);
    return reader.result();
  }

  /** Whether the field {@code name} is meant for the relay and not forwarded. */
  public static boolean isControl(String name) {
    if (!beginsLikeControl(name)) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (NAMES.contains(lower)) {
      return true;
    }
    for (String prefix : PREFIXES) {
      if (lower.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Rules out by two letters what nearly all fields are: this is asked for every line. */
  private static boolean beginsLikeControl(String name) {
    if (name.length() < 6) {
      return false;
    }
    char second = name.charAt(1);
    return switch (name.charAt(0)) {
      case 'c', 'C' -> second == 'a' || second == 'A' || second == 'f' || second == 'F';
      case 'x', 'X' -> second == '-' && "cCpPoO".indexOf(name.charAt(2)) >= 0;
      case 'p', 'P' -> second == 'r' || second == 'R';
      case 'h', 'H' -> second == 'e' || second == 'E';
      default -> false;
    };
  }
}
