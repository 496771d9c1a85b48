package io.ccrelay.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Members of a comma-separated field value (RFC 9110 section 5.6.1). A quotation that has no end
 * takes the rest. Safe for use from any context.
 */
public final class ListMembers {

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private ListMembers() {}

  /** The members of {@code value}, split at commas outside quoted strings; empty ones left out. */
  public static List<String> of(String value) {
    var members = split(value);
    members.removeIf(String::isEmpty);
    return members;
  }

  /** The same with empty members. */
  static List<String> split(String value) {
    var members = new ArrayList<String>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        members.add(trim(value.substring(start, i)));
        start = i + 1;
      }
    }
    members.add(trim(value.substring(start)));
    return members;
  }

  /** The field names on all lines of {@code field}, in lower case. */
  static Set<String> names(Fields fields, String field) {
    var names = new TreeSet<String>();
    for (String value : fields.all(field)) {
      of(value).forEach(name -> names.add(lower(name)));
    }
    return names;
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Whether {@code text} is a token (RFC 9110 section 5.6.2). */
  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(ListMembers::isTokenCharacter);
  }

  static boolean isTokenCharacter(int c) {
    return isLetter(c) || isDigit(c) || TOKEN_MARKS.indexOf(c) >= 0;
  }

  static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** {@code text} without the blanks HTTP allows around members: spaces and tabs. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
