package io.ccrelay.cache;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which entries a purge is for. Immutable.
 *
 * @param kind by which fact
 * @param value of the fact; empty for {@link Kind#ALL}
 */
public record PurgeSelector(Kind kind, String value) {

  /** Longest value, bytes of UTF-8. */
  public static final int LONGEST_VALUE = 512;

  /** The attribute of an entry with the path it answers, for {@link Kind#PREFIX}. */
  public static final String PATH = "path";

  /** The fact of an entry that a purge looks at. */
  public enum Kind {
    /** Every entry. */
    ALL("all", 1),
    /** Its key, in hexadecimal digits. */
    KEY("key", 2),
    /** One of its tags. */
    TAG("tag", 3),
    /** Its {@code model} attribute. */
    MODEL("model", 4),
    /** Its {@code scope} attribute. */
    SCOPE("scope", 5),
    /** How its path begins; or its key in hexadecimal digits, for a value without a slash first. */
    PREFIX("prefix", 6);

    private final String token;
    private final byte code;

    Kind(String token, int code) {
      this.token = token;
      this.code = (byte) code;
    }

    /** The name of the member of a purge request. */
    public String token() {
      return token;
    }

    /** How the kind is written: never by its position in the enumeration, which may change. */
    byte code() {
      return code;
    }
  }

  /** The selector of every entry. */
  public static final PurgeSelector EVERYTHING = new PurgeSelector(Kind.ALL, "");

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException naming the kind, if the value is none for it
   */
  public PurgeSelector {
    if (value.isEmpty() != (kind == Kind.ALL)) {
      throw new IllegalArgumentException(
          kind.token() + (kind == Kind.ALL ? ": takes no value" : ": must not be empty"));
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE) {
      throw new IllegalArgumentException(
          kind.token() + ": longer than " + LONGEST_VALUE + " bytes");
    }
    if (kind == Kind.KEY) {
      value = Key.ofHex(value).hex();
    } else if (kind == Kind.PREFIX && !value.startsWith("/")) {
      value = value.toLowerCase(Locale.ROOT);
    }
  }

  /** Whether an entry under {@code key} with these facts is meant. */
  public boolean matches(Key key, List<String> tags, Map<String, String> attributes) {
    return switch (kind) {
      case ALL -> true;
      case KEY -> key.hex().equals(value);
      case TAG -> tags.contains(value);
      case MODEL, SCOPE -> value.equals(attributes.get(kind.token()));
      case PREFIX ->
          value.startsWith("/")
              ? attributes.getOrDefault(PATH, "").startsWith(value)
              : key.hex().startsWith(value);
    };
  }
}
