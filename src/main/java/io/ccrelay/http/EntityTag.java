package io.ccrelay.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entity tag (RFC 9110 section 8.8.3).
 *
 * @param opaque the text between the quotes, byte for byte
 * @param weak whether it is marked {@code W/}
 */
public record EntityTag(String opaque, boolean weak) {

  /** The tag {@code text} is; empty if it is none. */
  public static Optional<EntityTag> parse(String text) {
    boolean weak = text.startsWith("W/");
    int open = weak ? 2 : 0;
    int close = text.length() - 1;
    if (close <= open || text.charAt(open) != '"' || text.charAt(close) != '"') {
      return Optional.empty();
    }
    String opaque = text.substring(open + 1, close);
    return opaque.chars().allMatch(c -> c > ' ' && c != '"' && c != 127)
        ? Optional.of(new EntityTag(opaque, weak))
        : Optional.empty();
  }

  /** The tags of a list; members that are none are left out. */
  public static List<EntityTag> list(String value) {
    var tags = new ArrayList<EntityTag>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= value.length(); i++) {
      boolean end = i == value.length() || (value.charAt(i) == ',' && !quoted);
      if (end) {
        parse(ListMembers.trim(value.substring(start, i))).ifPresent(tags::add);
        start = i + 1;
      } else if (value.charAt(i) == '"') {
        quoted = !quoted;
      }
    }
    return tags;
  }

  /** Equal and both strong (RFC 9110 section 8.8.3.2). */
  public boolean equalsStrongly(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /** Equal, strong or weak (RFC 9110 section 8.8.3.2). */
  public boolean equalsWeakly(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  /** The tag as it stands in a field. */
  public String text() {
    return (weak ? "W/\"" : "\"") + opaque + '"';
  }
}
