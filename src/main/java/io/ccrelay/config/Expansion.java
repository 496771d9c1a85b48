package io.ccrelay.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables in the text of a configuration file, replaced before it is parsed: {@code
 * $NAME} and <code>${NAME}</code> as Go's {@code os.ExpandEnv} reads them, comments and keys
 * included. An unset variable is the empty text; a dollar sign that begins no reference stays;
 * there is no escape and no default syntax.
 */
final class Expansion {

  private static final String SPECIAL = "*#$@!?-0123456789";

  private final String source;
  private final int lastBrace;
  private final UnaryOperator<@Nullable String> environment;
  private final StringBuilder expanded = new StringBuilder();
  private final List<Origins.Replacement> replacements = new ArrayList<>();

  private Expansion(String source, UnaryOperator<@Nullable String> environment) {
    this.source = source;
    this.lastBrace = source.lastIndexOf('}');
    this.environment = environment;
  }

  /**
   * The result.
   *
   * @param text after replacement
   * @param origins where each part of it came from
   */
  record Expanded(String text, Origins origins) {}

  /** Replaces every reference of {@code source}; {@code environment} gives null for unset names. */
  static Expanded of(String source, UnaryOperator<@Nullable String> environment) {
    return new Expansion(source, environment).run();
  }

  private Expanded run() {
    int copied = 0;
    int dollar = source.indexOf('$');
    while (dollar >= 0 && dollar + 1 < source.length()) {
      var reference = referenceAt(dollar + 1);
      if (reference.isPresent()) {
        expanded.append(source, copied, dollar);
        copied = dollar + 1 + reference.get().length();
        replace(dollar, copied, reference.get().name());
      }
      dollar = source.indexOf('$', Math.max(copied, dollar + 1));
    }
    String text = expanded.append(source, copied, source.length()).toString();
    return new Expanded(text, new Origins(source, text, replacements));
  }

  private void replace(int from, int to, String name) {
    @Nullable String value = name.isEmpty() ? null : environment.apply(name);
    int start = expanded.length();
    expanded.append(value == null ? "" : value);
    Optional<String> unset = value == null ? Optional.of(name) : Optional.empty();
    replacements.add(new Origins.Replacement(from, to, start, expanded.length(), unset));
    if (expanded.length() > ConfigFile.MAX_BYTES) {
      throw new UnreadableException(
          Position.FILE, "is larger than 1 MiB after environment expansion");
    }
  }

  /** A reference without its dollar sign; an empty name is bad syntax that is dropped. */
  private record Reference(String name, int length) {}

  private Optional<Reference> referenceAt(int start) {
    char first = source.charAt(start);
    if (first == '{') {
      return Optional.of(braced(start));
    }
    if (SPECIAL.indexOf(first) >= 0) {
      return Optional.of(new Reference(source.substring(start, start + 1), 1));
    }
    int end = start;
    while (end < source.length() && isNamePart(source.charAt(end))) {
      end++;
    }
    String name = source.substring(start, end);
    return name.isEmpty() ? Optional.empty() : Optional.of(new Reference(name, name.length()));
  }

  private Reference braced(int start) {
    if (start + 2 < source.length()
        && SPECIAL.indexOf(source.charAt(start + 1)) >= 0
        && source.charAt(start + 2) == '}') {
      return new Reference(source.substring(start + 1, start + 2), 3);
    }
    int end = start > lastBrace ? -1 : source.indexOf('}', start);
    if (end < 0) {
      return new Reference("", 1);
    }
    return new Reference(source.substring(start + 1, end), end + 1 - start);
  }

  private static boolean isNamePart(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
