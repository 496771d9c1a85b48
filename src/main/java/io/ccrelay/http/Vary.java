package io.ccrelay.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which request fields selected a response (RFC 9111 section 4.1). Immutable; safe for use from any
 * context.
 *
 * @param any whether {@code *} was among the members, so that no request matches
 * @param names the field names in lower case, sorted
 */
public record Vary(boolean any, List<String> names) {

  /** The response was not selected by any field. */
  public static final Vary NONE = new Vary(false, List.of());

  private static final Set<String> UNORDERED = Set.of("accept-language", "accept-encoding");
  private static final char ABSENT = '\u0000';
  private static final char PRESENT = '\u0001';

  /** Makes the list immutable. */
  public Vary {
    names = List.copyOf(names);
  }

  /** What all {@code Vary} lines of a response say. */
  public static Vary of(Fields response) {
    if (!response.has("Vary")) {
      return NONE;
    }
    var names = ListMembers.names(response, "Vary");
    return new Vary(names.contains("*"), List.copyOf(names));
  }

  /** Whether nothing selects. */
  public boolean isNone() {
    return names.isEmpty();
  }

  /** The lines of {@code request} that a cache must keep to compare later requests with. */
  public Fields select(Fields request) {
    return request.without(line -> !names.contains(ListMembers.lower(line.name())));
  }

  /** Whether both requests select the same response; never when {@link #any}. */
  public boolean matches(Fields one, Fields other) {
    return !any && selector(one).equals(selector(other));
  }

  /** Equal for requests that select the same response: their selecting fields, normalised. */
  public String selector(Fields request) {
    var selector = new StringBuilder();
    for (String name : names) {
      var lines = request.all(name);
      if (lines.isEmpty()) {
        selector.append(ABSENT);
      } else {
        selector.append(PRESENT).append(normalised(name, String.join(",", lines)));
      }
    }
    return selector.toString();
  }

  /**
   * Blanks around commas mean nothing in a list; in the fields whose members are ordered by weight,
   * neither do letter case and the order of members of equal weight.
   */
  static String normalised(String name, String value) {
    var members = ListMembers.split(value);
    if (!UNORDERED.contains(name)) {
      return String.join(",", members);
    }
    var weighted = new ArrayList<>(Weighted.list(value));
    weighted.sort(Weighted.BY_WEIGHT_THEN_NAME);
    return String.join(",", weighted.stream().map(Weighted::text).toList());
  }
}
