package io.ccrelay.proxy;

import io.ccrelay.http.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names that Connection lists, whose fields go no further than this hop (RFC 9110 section 7.6.1).
 * Immutable.
 *
 * @param names in lower case
 */
record Nominated(List<String> names) {

  static final Nominated NOTHING = new Nominated(List.of());

  /**
   * Fields that must not be nominated: the relay decides by them, and a client that has them
   * removed on the way makes the relay and the service see different requests.
   */
  private static final Set<String> CRITICAL =
      Set.of(
          "host",
          "content-length",
          "content-type",
          "content-encoding",
          "transfer-encoding",
          "authorization",
          "x-api-key",
          "api-key",
          "cookie",
          "cache-control",
          "pragma",
          "accept",
          "accept-encoding",
          "range",
          "expect",
          "anthropic-version",
          "anthropic-beta",
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto");

  /** These and those of a further line of Connection. */
  Nominated and(String value) {
    if (value.equalsIgnoreCase("keep-alive") || value.equalsIgnoreCase("close")) {
      return this;
    }
    var all = new ArrayList<>(names);
    for (String option : value.toLowerCase(Locale.ROOT).split(",", -1)) {
      all.add(option.strip());
    }
    return new Nominated(List.copyOf(all));
  }

  boolean anyCritical() {
    return names.stream().anyMatch(CRITICAL::contains);
  }

  /** Removes the fields of these names from {@code lines}. */
  void removeFrom(List<Field> lines) {
    if (!names.isEmpty()) {
      lines.removeIf(line -> names.contains(line.name().toLowerCase(Locale.ROOT)));
    }
  }
}
