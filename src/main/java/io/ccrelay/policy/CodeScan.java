package io.ccrelay.policy;

import java.util.ArrayDeque;

/**
 * Finds the end of an expression by the brackets, strings, characters and comments of C# 7. Never
 * throws; knows nothing else of the language.
 */
final class CodeScan {

  private static final int DEEPEST_STRING = 16;
  private static final int DEEPEST_BRACKET = 1000;
  private static final int NONE = -1;

  private final String text;

  CodeScan(String text) {
    this.text = text;
  }

  /** Whether an expression begins at {@code offset}: {@code @(} or <code>@{</code>. */
  static boolean begins(String text, int offset) {
    return offset + 1 < text.length()
        && text.charAt(offset) == '@'
        && (text.charAt(offset + 1) == '(' || text.charAt(offset + 1) == '{');
  }

  /** The offset after the expression that begins at {@code offset}; -1 if it does not end. */
  int endOf(int offset) {
    return balanced(offset + 1, 0);
  }

  /** The offset after the bracket that closes the one at {@code open}; -1 if none does. */
  private int balanced(int open, int depth) {
    var brackets = new ArrayDeque<Character>();
    int i = open;
    while (i >= 0 && i < text.length()) {
      char c = text.charAt(i);
      if (c == '(' || c == '[' || c == '{') {
        brackets.push(closing(c));
        i = brackets.size() > DEEPEST_BRACKET ? NONE : i + 1;
      } else if (c == ')' || c == ']' || c == '}') {
        if (brackets.pop() != c) {
          return NONE;
        }
        if (brackets.isEmpty()) {
          return i + 1;
        }
        i++;
      } else {
        i = afterToken(i, c, depth);
      }
    }
    return NONE;
  }

  private int afterToken(int i, char c, int depth) {
    return switch (c) {
      case '"' -> string(i + 1, false, false, depth);
      case '\'' -> character(i + 1);
      case '@', '$' -> prefixed(i, depth);
      case '/' -> comment(i);
      default -> i + 1;
    };
  }

  /** A string with {@code @} or {@code $} or both before it, or just that character. */
  private int prefixed(int i, int depth) {
    boolean verbatim = false;
    boolean interpolated = false;
    int j = i;
    while (j < text.length() && j < i + 2 && "@$".indexOf(text.charAt(j)) >= 0) {
      verbatim |= text.charAt(j) == '@';
      interpolated |= text.charAt(j) == '$';
      j++;
    }
    boolean string = j < text.length() && text.charAt(j) == '"';
    return string ? string(j + 1, verbatim, interpolated, depth) : i + 1;
  }

  /** The offset after the string whose content begins at {@code i}. */
  private int string(int i, boolean verbatim, boolean interpolated, int depth) {
    if (depth > DEEPEST_STRING) {
      return NONE;
    }
    int j = i;
    while (j >= 0 && j < text.length()) {
      char c = text.charAt(j);
      boolean doubled = j + 1 < text.length() && text.charAt(j + 1) == c;
      if (c == '"' && !(verbatim && doubled)) {
        return j + 1;
      }
      if ((c == '\\' && !verbatim) || c == '"' || (interpolated && c == '{' && doubled)) {
        j += 2;
      } else if (interpolated && c == '{') {
        j = balanced(j, depth + 1);
      } else {
        j++;
      }
    }
    return NONE;
  }

  private int character(int i) {
    int j = i;
    while (j < text.length() && text.charAt(j) != '\'') {
      j += text.charAt(j) == '\\' ? 2 : 1;
    }
    return j < text.length() ? j + 1 : NONE;
  }

  private int comment(int i) {
    if (text.startsWith("/*", i)) {
      int end = text.indexOf("*/", i + 2);
      return end < 0 ? NONE : end + 2;
    }
    if (text.startsWith("//", i) && text.charAt(i - 1) != ':') {
      int end = text.indexOf('\n', i);
      return end < 0 ? NONE : end;
    }
    return i + 1;
  }

  private static char closing(char open) {
    return switch (open) {
      case '(' -> ')';
      case '[' -> ']';
      default -> '}';
    };
  }
}
