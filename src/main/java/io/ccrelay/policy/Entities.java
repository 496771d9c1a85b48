package io.ccrelay.policy;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The five entities of XML and character references. An ampersand that begins no reference stays:
 * documents hold unescaped queries. No other entity can be defined, since a {@code DOCTYPE} is
 * refused.
 */
final class Entities {

  private static final Pattern REFERENCE =
      Pattern.compile("&(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,30});");
  private static final Map<String, String> NAMED =
      Map.of("quot", "\"", "amp", "&", "lt", "<", "gt", ">", "apos", "'");

  private Entities() {}

  /** Whether {@code text} has a reference of any kind. */
  static boolean in(String text) {
    return text.indexOf('&') >= 0 && REFERENCE.matcher(text).find();
  }

  /** The first reference of {@code text} that means nothing. */
  static Optional<String> unknownIn(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    while (text.indexOf('&') >= 0 && matcher.find()) {
      if (meaning(matcher.group(1)).isEmpty()) {
        return Optional.of(matcher.group());
      }
    }
    return Optional.empty();
  }

  /** {@code text} with every reference that means something replaced, once. */
  static String decoded(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    return REFERENCE
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(meaning(match.group(1)).orElseGet(match::group)));
  }

  private static Optional<String> meaning(String reference) {
    if (!reference.startsWith("#")) {
      return Optional.ofNullable(NAMED.get(reference));
    }
    int code =
        reference.startsWith("#x")
            ? Integer.parseInt(reference.substring(2), 16)
            : Integer.parseInt(reference.substring(1));
    boolean allowed =
        code == '\t'
            || code == '\n'
            || code == '\r'
            || (code >= ' ' && Character.isValidCodePoint(code));
    return allowed && !(code >= 0xD800 && code <= 0xDFFF)
        ? Optional.of(Character.toString(code))
        : Optional.empty();
  }
}
