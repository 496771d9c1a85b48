package io.ccrelay.cache;

import java.nio.BufferUnderflowException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names that entries repeat, written as a number. The list belongs to the version of the format:
 * names are added at its end only, and a reader that does not know a number reads no entry.
 */
final class KnownNames {

  private static final List<String> NAMES =
      List.of(
          "content-type",
          "content-encoding",
          "content-language",
          "content-disposition",
          "content-location",
          "cache-control",
          "date",
          "etag",
          "expires",
          "last-modified",
          "link",
          "location",
          "vary",
          "access-control-allow-origin",
          "access-control-expose-headers",
          "content-security-policy",
          "strict-transport-security",
          "x-content-type-options",
          "x-frame-options",
          "x-robots-tag",
          "anthropic-organization-id",
          "openai-organization",
          "openai-project",
          "openai-version",
          "model",
          "provider",
          "scope",
          "dialect",
          "namespace");

  private static final Map<String, Integer> NUMBERS = numbers();

  private KnownNames() {}

  private static Map<String, Integer> numbers() {
    var numbers = new HashMap<String, Integer>();
    for (String name : NAMES) {
      numbers.put(name, numbers.size());
    }
    return Map.copyOf(numbers);
  }

  /** The number of {@code name}; null if it must be spelt out. */
  static @Nullable Integer numberOf(String name) {
    return NUMBERS.get(name);
  }

  /**
   * The name of {@code number}.
   *
   * @throws BufferUnderflowException if there is none
   */
  static String name(int number) {
    if (number >= NAMES.size()) {
      throw new BufferUnderflowException();
    }
    return NAMES.get(number);
  }
}
