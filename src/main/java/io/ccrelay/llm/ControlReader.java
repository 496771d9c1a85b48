package io.ccrelay.llm;

import io.ccrelay.http.Field;
import io.ccrelay.http.ListMembers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the fields that {@link CacheControls} is made of, one after the other. */
final class ControlReader {

  /** RFC 9111 section 5.2: a token, and an argument that is a token or a quoted string. */
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]+)"
              + "(?:=([!#$%&'*+.^_`|~0-9A-Za-z-]+|\"(?:[^\"\\\\]|\\\\.)*+\"))?");

  private static final Pattern DURATION_PART = Pattern.compile("\\G(\\d{1,9})(ms|s|m|h|d)");

  private static final int MOST_TAGS = 32;

  private static final int LONGEST_NAME = 256;

  private boolean cacheControl;
  private boolean pragmaNoCache;
  private boolean noRead;
  private boolean noWrite;
  private boolean onlyIfCached;
  private Optional<Duration> maxAge = Optional.empty();
  private Optional<Duration> minFresh = Optional.empty();
  private Optional<Duration> maxStale = Optional.empty();
  private Optional<Duration> staleIfError = Optional.empty();
  private Optional<Duration> ttl = Optional.empty();
  private final StringBuilder namespace = new StringBuilder();
  private final List<String> tags = new ArrayList<>(0);
  private boolean debug;
  private final List<String> ignored = new ArrayList<>(0);

  void read(Field line) {
    String value = line.value().strip();
    String name = line.name().toLowerCase(Locale.ROOT);
    switch (name) {
      case "cache-control" -> {
        cacheControl = true;
        directives(value);
      }
      case "pragma" -> pragmaNoCache |= value.equalsIgnoreCase("no-cache");
      case "cf-aig-skip-cache", "x-portkey-cache-force-refresh", "x-openrouter-cache-clear" ->
          noRead |= truth(name, value);
      case "helicone-cache-enabled", "x-openrouter-cache" -> enabled(truth(name, value));
      case "x-cc-relay-cache-ttl", "cf-aig-cache-ttl", "x-openrouter-cache-ttl" ->
          lifetime(name, value);
      case "x-cc-relay-cache-namespace",
          "x-portkey-cache-namespace",
          "helicone-cache-seed",
          "cf-aig-cache-key" ->
          partition(name, value);
      case "x-cc-relay-cache-tags" -> tag(value);
      case "x-cc-relay-cache-debug" -> debug = truth(name, value);
      default -> {
        // Known to be ours, so not forwarded, but without a meaning for a request.
      }
    }
  }

  /** All that was read; {@code Pragma} counts in the absence of {@code Cache-Control} only. */
  CacheControls result() {
    return new CacheControls(
        noRead || (pragmaNoCache && !cacheControl),
        noWrite,
        onlyIfCached,
        maxAge,
        minFresh,
        maxStale,
        staleIfError,
        ttl,
        namespace.isEmpty() ? Optional.empty() : Optional.of(namespace.toString()),
        tags,
        debug,
        ignored);
  }

  /** A member that is no directive is ignored; those beside it still count. */
  private void directives(String value) {
    for (String member : ListMembers.of(value)) {
      Matcher directive = DIRECTIVE.matcher(member);
      if (directive.matches()) {
        directive(
            directive.group(1).toLowerCase(Locale.ROOT), Optional.ofNullable(directive.group(2)));
      } else {
        ignored.add("cache-control");
      }
    }
  }

  private void directive(String name, Optional<String> argument) {
    switch (name) {
      case "no-cache" -> noRead = true;
      case "no-store" -> noWrite = true;
      case "only-if-cached" -> onlyIfCached = true;
      case "max-age" -> maxAge = stricter(maxAge, delta(name, argument));
      case "min-fresh" -> minFresh = minFresh.or(() -> delta(name, argument));
      case "max-stale" ->
          maxStale =
              argument.isEmpty() ? Optional.of(CacheControls.ANY_STALENESS) : delta(name, argument);
      case "stale-if-error" -> staleIfError = delta(name, argument);
      default -> {
        // An unknown directive is ignored (RFC 9111 section 5.2.3).
      }
    }
  }

  private static Optional<Duration> stricter(Optional<Duration> one, Optional<Duration> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().compareTo(other.get()) <= 0 ? one : other;
  }

  /** Digits only; what is too large counts as 2^31 (RFC 9111 section 1.2.2). */
  private Optional<Duration> delta(String name, Optional<String> argument) {
    String digits = argument.map(ControlReader::unquoted).orElse("");
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      ignored.add(name);
      return Optional.empty();
    }
    long seconds = digits.length() > 10 ? 1L << 31 : Math.min(1L << 31, Long.parseLong(digits));
    return Optional.of(Duration.ofSeconds(seconds));
  }

  private static String unquoted(String text) {
    return text.length() >= 2 && text.startsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private void enabled(boolean wanted) {
    noRead |= !wanted;
    noWrite |= !wanted;
  }

  private boolean truth(String name, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes", "on" -> true;
      case "0", "false", "no", "off" -> false;
      default -> {
        ignored.add(name);
        yield name.endsWith("-enabled") || name.equals("x-openrouter-cache");
      }
    };
  }

  private void lifetime(String name, String value) {
    Optional<Duration> wanted = duration(value).filter(Duration::isPositive);
    if (wanted.isEmpty()) {
      ignored.add(name);
    } else {
      ttl = wanted;
    }
  }

  /** Whole seconds, or parts such as {@code 1m30s}. */
  private static Optional<Duration> duration(String text) {
    if (!text.isEmpty() && text.length() <= 10 && text.chars().allMatch(Character::isDigit)) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    Matcher part = DURATION_PART.matcher(text);
    Duration sum = Duration.ZERO;
    int read = 0;
    while (part.find()) {
      sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
      read = part.end();
    }
    return read > 0 && read == text.length() ? Optional.of(sum) : Optional.empty();
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }

  private void partition(String name, String value) {
    if (value.isEmpty() || value.length() > LONGEST_NAME) {
      ignored.add(name);
    } else {
      namespace.append(value.length()).append(':').append(value).append(';');
    }
  }

  private void tag(String value) {
    for (String tag : value.split(",", -1)) {
      String trimmed = tag.strip();
      boolean fits =
          !trimmed.isEmpty() && trimmed.length() <= LONGEST_NAME && tags.size() < MOST_TAGS;
      if (fits) {
        tags.add(trimmed);
      } else if (!trimmed.isEmpty()) {
        ignored.add("x-cc-relay-cache-tags");
      }
    }
  }
}
