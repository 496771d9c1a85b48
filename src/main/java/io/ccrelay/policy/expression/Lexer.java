package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts the source into tokens. */
final class Lexer {

  /** Longest first. {@code >>} is put together by the parser, since it may close two lists. */
  private static final List<String> SYMBOLS =
      List.of(
          "??=", "<<=", "=>", "==", "!=", "<=", ">=", "&&", "||", "++", "--", "+=", "-=", "*=",
          "/=", "%=", "&=", "|=", "^=", "??", "?.", "<<", "(", ")", "[", "]", "{", "}", ".", ",",
          ";", ":", "?", "=", "<", ">", "+", "-", "*", "/", "%", "!", "~", "&", "|", "^");

  private final String source;
  private final int to;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String source, int from, int to) {
    this.source = source;
    this.at = from;
    this.to = to;
  }

  /** The tokens between two indexes, the last of kind {@code END}. */
  static List<Token> tokens(String source, int from, int to) {
    var lexer = new Lexer(source, from, to);
    while (lexer.skipBlanks()) {
      lexer.next();
    }
    lexer.add(Kind.END, "", null, to);
    return lexer.tokens;
  }

  private void add(Kind kind, String text, @Nullable Object value, int start) {
    tokens.add(new Token(kind, text, value, start, at));
  }

  private char peek(int ahead) {
    return at + ahead < to ? source.charAt(at + ahead) : 0;
  }

  private boolean skipBlanks() {
    while (at < to) {
      if (peek(0) == '/' && peek(1) == '/') {
        int end = source.indexOf('\n', at);
        at = end < 0 ? to : Math.min(to, end);
      } else if (peek(0) == '/' && peek(1) == '*') {
        int end = source.indexOf("*/", at + 2);
        if (end < 0 || end + 2 > to) {
          throw new Syntax(at, "comment is not closed");
        }
        at = end + 2;
      } else if (Character.isWhitespace(peek(0)) || peek(0) == '\uFEFF') {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private void next() {
    char c = peek(0);
    int start = at;
    if (c == '"' || isPrefixOfText()) {
      text(start);
    } else if (c == '\'') {
      character(start);
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      at = NumberLiteral.end(source, at, to);
      add(Kind.NUMBER, "", NumberLiteral.value(source, start, at), start);
    } else if (isNameStart(c) || (c == '@' && isNameStart(peek(1)))) {
      at++;
      while (at < to && Character.isJavaIdentifierPart(peek(0))) {
        at++;
      }
      add(Kind.NAME, source.substring(c == '@' ? start + 1 : start, at), null, start);
    } else {
      symbol(start);
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private void symbol(int start) {
    for (String symbol : SYMBOLS) {
      if (source.startsWith(symbol, at) && at + symbol.length() <= to) {
        if (symbol.equals("?.") && isDigit(peek(2))) {
          continue;
        }
        at += symbol.length();
        add(Kind.SYMBOL, symbol, null, start);
        return;
      }
    }
    throw new Syntax(at, "unexpected character '" + peek(0) + "'");
  }

  private boolean isPrefixOfText() {
    char c = peek(0);
    char second = peek(1);
    return (c == '@' || c == '$')
        && (second == '"' || ((second == '@' || second == '$') && second != c && peek(2) == '"'));
  }

  private void text(int start) {
    boolean verbatim = false;
    boolean interpolated = false;
    while (peek(0) != '"') {
      verbatim |= peek(0) == '@';
      interpolated |= peek(0) == '$';
      at++;
    }
    at++;
    var literal = new TextLiteral(source, at, to, verbatim, interpolated);
    List<Object> parts = literal.parts();
    at = literal.end();
    if (interpolated) {
      add(Kind.INTERPOLATED, "", parts, start);
    } else {
      add(Kind.TEXT, "", parts.isEmpty() ? "" : parts.getFirst(), start);
    }
  }

  private void character(int start) {
    at++;
    char c = peek(0);
    if (c == '\\') {
      var out = new StringBuilder();
      at = TextLiteral.escape(source, at, to, out);
      c = out.charAt(0);
    } else if (c == '\'' || c == '\n') {
      throw new Syntax(start, "a character is missing between the quotes");
    } else {
      at++;
    }
    if (peek(0) != '\'') {
      throw new Syntax(start, "a single quote holds one character; a text stands in double quotes");
    }
    at++;
    add(Kind.CHARACTER, "", c, start);
  }
}
