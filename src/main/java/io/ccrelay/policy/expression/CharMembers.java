package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.function.Predicate;

/** {@code System.Char}. */
final class CharMembers {

  private CharMembers() {}

  static void fill(ClrType type) {
    test(type, "IsDigit", Character::isDigit);
    test(type, "IsNumber", Character::isDigit);
    test(type, "IsLetter", Character::isLetter);
    test(type, "IsLetterOrDigit", Character::isLetterOrDigit);
    test(type, "IsWhiteSpace", c -> Character.isWhitespace(c) || c == '\u00A0');
    test(type, "IsUpper", Character::isUpperCase);
    test(type, "IsLower", Character::isLowerCase);
    test(type, "IsControl", Character::isISOControl);
    test(type, "IsPunctuation", c -> "!\"#%&'()*,-./:;?@[\\]_{}".indexOf(c) >= 0);
    type.function("ToLower", 1, 1, "char", a -> Character.toLowerCase(character(a)))
        .function("ToUpper", 1, 1, "char", a -> Character.toUpperCase(character(a)))
        .function("ToLowerInvariant", 1, 1, "char", a -> Character.toLowerCase(character(a)))
        .function("ToUpperInvariant", 1, 1, "char", a -> Character.toUpperCase(character(a)))
        .function("ToString", 1, 1, "string", a -> a.as(0, Character.class).toString())
        .function("Parse", 1, 1, "char", a -> Conversions.toCharacter(a.text(0)))
        .function(
            "GetNumericValue", 1, 1, "double", a -> (double) Character.digit(character(a), 10))
        .method("CompareTo", 1, 1, "int", a -> Comparison.compare(a.self(), a.get(0)))
        .inherits(Types.OBJECT);
  }

  private static void test(ClrType type, String name, Predicate<Character> test) {
    type.function(name, 1, 2, "bool", a -> test.test(character(a)));
  }

  private static char character(Args a) {
    if (a.size() == 2) {
      String text = a.text(0);
      int index = a.integer(1);
      if (index < 0 || index >= text.length()) {
        throw ClrException.range("Specified argument was out of the range of valid values.");
      }
      return text.charAt(index);
    }
    return a.as(0, Character.class);
  }
}
