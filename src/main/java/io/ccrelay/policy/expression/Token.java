package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/**
 * A token of the expression language.
 *
 * @param kind what it is
 * @param text the name or the symbol as written; empty for other kinds
 * @param value the value of a literal, the parts of an interpolated text
 * @param at index of its first character in the source
 * @param end index after its last character
 */
record Token(Kind kind, String text, @Nullable Object value, int at, int end) {

  enum Kind {
    NAME,
    NUMBER,
    TEXT,
    CHARACTER,
    INTERPOLATED,
    SYMBOL,
    END
  }

  /** A hole of an interpolated text: where its expression stands and how its value is shown. */
  record Hole(int from, int to, int width, String format) {}

  boolean is(String symbolOrName) {
    return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbolOrName);
  }

  /** How errors show it. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case NAME, SYMBOL -> "'" + text + "'";
      case NUMBER, CHARACTER -> "'" + value + "'";
      case TEXT, INTERPOLATED -> "a text";
    };
  }
}
