package io.ccrelay.upstream;

import io.ccrelay.http.Field;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What opens this relay and must therefore never leave it. Immutable. */
public final class RelaySecrets {

  /** The token that the relay's own set-up writes into a client's settings; it opens nothing. */
  public static final String PLACEHOLDER = "managed-by-cc-relay";

  /** No secret but the placeholder. */
  public static final RelaySecrets NONE = of();

  private final List<String> values;

  private RelaySecrets(List<String> values) {
    this.values = values;
  }

  /** The given secrets; blank ones do not count. */
  public static RelaySecrets of(String... secrets) {
    return new RelaySecrets(
        Stream.concat(Stream.of(PLACEHOLDER), Stream.of(secrets))
            .filter(secret -> !secret.isBlank())
            .distinct()
            .toList());
  }

  /** Whether {@code token} is one of them. */
  boolean is(String token) {
    return values.contains(token);
  }

  /** Whether the value of {@code line} is one of them, alone or behind a scheme or name. */
  public boolean in(Field line) {
    for (String secret : values) {
      if (standsIn(line.value(), secret)) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@code pathAndQuery} without the parameters whose value is one of them; the rest byte for byte.
   */
  public String removedFrom(String pathAndQuery) {
    int question = pathAndQuery.indexOf('?');
    if (question < 0 || values.stream().noneMatch(decoded(pathAndQuery)::contains)) {
      return pathAndQuery;
    }
    String kept =
        Stream.of(pathAndQuery.substring(question + 1).split("&", -1))
            .filter(parameter -> !is(decoded(parameter.substring(parameter.indexOf('=') + 1))))
            .collect(Collectors.joining("&"));
    return pathAndQuery.substring(0, question) + (kept.isEmpty() ? "" : "?" + kept);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** A word of its own, so that a short secret does not remove every field it happens to be in. */
  private static boolean standsIn(String value, String secret) {
    int from = value.indexOf(secret);
    while (from >= 0) {
      int end = from + secret.length();
      if ((from == 0 || isDelimiter(value.charAt(from - 1)))
          && (end == value.length() || isDelimiter(value.charAt(end)))) {
        return true;
      }
      from = value.indexOf(secret, from + 1);
    }
    return false;
  }

  private static boolean isDelimiter(char c) {
    return c == ' ' || c == '\t' || c == '=' || c == ';' || c == ',' || c == ':' || c == '"';
  }

  @Override
  public String toString() {
    return "RelaySecrets(***)";
  }
}
