package io.ccrelay.policy.expression;

import static io.ccrelay.policy.expression.ClrType.MANY;

import io.ccrelay.policy.expression.value.Basic;
import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.Jwt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code System.String}: members of an instance; searching is {@link StringSearch}'s. */
final class StringMembers {

  private StringMembers() {}

  static void fill(ClrType type) {
    type.property("Length", "int", a -> a.selfText().length())
        .index("char", a -> charAt(a.selfText(), a.integer(0)))
        .method("Substring", 1, 2, "string", StringMembers::substring)
        .method("Replace", 2, 3, "string", StringMembers::replace)
        .method("Split", 0, MANY, "", a -> StringSplit.split(a))
        .method("ToLower", 0, 1, "string", a -> a.made(a.selfText().toLowerCase(Locale.ROOT)))
        .method(
            "ToLowerInvariant", 0, 0, "string", a -> a.made(a.selfText().toLowerCase(Locale.ROOT)))
        .method("ToUpper", 0, 1, "string", a -> a.made(a.selfText().toUpperCase(Locale.ROOT)))
        .method(
            "ToUpperInvariant", 0, 0, "string", a -> a.made(a.selfText().toUpperCase(Locale.ROOT)))
        .method("Trim", 0, MANY, "string", a -> trim(a, true, true))
        .method("TrimStart", 0, MANY, "string", a -> trim(a, true, false))
        .method("TrimEnd", 0, MANY, "string", a -> trim(a, false, true))
        .method("PadLeft", 1, 2, "string", a -> pad(a, true))
        .method("PadRight", 1, 2, "string", a -> pad(a, false))
        .method("Insert", 2, 2, "string", StringMembers::insert)
        .method("Remove", 1, 2, "string", StringMembers::remove)
        .method("ToCharArray", 0, 0, "Array", a -> Sequence.of(a.self(), a.budget()).toArray())
        .method(
            "CompareTo", 1, 1, "int", a -> Integer.signum(Texts.compare(a.selfText(), a.text(0))))
        .method("Clone", 0, 0, "string", a -> a.self())
        .method("AsBasic", 0, 0, "BasicAuthCredentials", a -> Basic.read(a.selfText()))
        .method("AsJwt", 0, 0, "Jwt", a -> Jwt.read(a.selfText()))
        .method("TryParseBasic", 1, 1, "bool", a -> a.tried(0, Basic.read(a.selfText()), null))
        .method("TryParseJwt", 1, 1, "bool", a -> a.tried(0, Jwt.read(a.selfText()), null));
    StringSearch.fill(type);
    StringFunctions.fill(type);
    type.inherits(Types.SEQUENCE).inherits(Types.OBJECT);
  }

  private static char charAt(String text, int index) {
    if (index < 0 || index >= text.length()) {
      throw ClrException.index();
    }
    return text.charAt(index);
  }

  private static String substring(Args a) {
    String text = a.selfText();
    int start = a.integer(0);
    if (start < 0 || start > text.length()) {
      throw ClrException.range("startIndex cannot be larger than length of string.");
    }
    int length = a.integer(1, text.length() - start);
    if (length < 0 || length > text.length() - start) {
      throw ClrException.range("Index and length must refer to a location within the string.");
    }
    return a.made(text.substring(start, start + length));
  }

  private static String replace(Args a) {
    String text = a.selfText();
    if (a.get(0) instanceof Character from && a.get(1) instanceof Character to) {
      return a.made(text.replace(from, to));
    }
    String from = a.text(0);
    if (from.isEmpty()) {
      throw ClrException.argument("String cannot be of zero length.");
    }
    String to = a.get(1) == null ? "" : a.text(1);
    if (to.length() > from.length()) {
      a.budget().allocate(2 * growth(text, from) * (to.length() - from.length()));
    }
    return a.made(text.replace(from, to));
  }

  private static long growth(String text, String from) {
    long count = 0;
    for (int at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + from.length())) {
      count++;
    }
    return count;
  }

  private static String trim(Args a, boolean start, boolean end) {
    String text = a.selfText();
    List<@Nullable Object> set = characters(a);
    int from = 0;
    int to = text.length();
    while (start && from < to && isIn(text.charAt(from), set)) {
      from++;
    }
    while (end && to > from && isIn(text.charAt(to - 1), set)) {
      to--;
    }
    return a.made(text.substring(from, to));
  }

  private static List<@Nullable Object> characters(Args a) {
    if (a.size() == 1 && a.get(0) instanceof Object[]) {
      return Sequence.of(a.get(0), a.budget());
    }
    List<@Nullable Object> characters = new ArrayList<>();
    Collections.addAll(characters, a.all());
    return characters;
  }

  private static boolean isIn(char c, List<@Nullable Object> set) {
    return set.isEmpty() ? Character.isWhitespace(c) || c == '\u00A0' : set.contains(c);
  }

  private static String pad(Args a, boolean left) {
    String text = a.selfText();
    int width = a.integer(0);
    if (width < 0) {
      throw ClrException.range("Non-negative number required.");
    }
    String filler = a.has(1) ? a.as(1, Character.class).toString() : " ";
    int missing = Math.max(0, width - text.length());
    a.budget().allocate(2L * missing);
    return a.made(left ? filler.repeat(missing) + text : text + filler.repeat(missing));
  }

  private static String insert(Args a) {
    int at = a.integer(0);
    if (at < 0 || at > a.selfText().length()) {
      throw ClrException.range("Specified argument was out of the range of valid values.");
    }
    return a.made(new StringBuilder(a.selfText()).insert(at, a.text(1)).toString());
  }

  private static String remove(Args a) {
    String text = a.selfText();
    int start = a.integer(0);
    int count = a.integer(1, text.length() - start);
    if (start < 0 || count < 0 || start + (long) count > text.length()) {
      throw ClrException.range("Index and count must refer to a location within the string.");
    }
    return a.made(text.substring(0, start) + text.substring(start + count));
  }
}
