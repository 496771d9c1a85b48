package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.Token.Hole;
import java.util.ArrayList;
import java.util.List;

/** Reads a text literal after its opening quote: regular, verbatim, interpolated. */
final class TextLiteral {

  private static final int HEX = 16;

  private final String source;
  private final int to;
  private final boolean verbatim;
  private final boolean interpolated;
  private final int start;
  private final List<Object> parts = new ArrayList<>();
  private StringBuilder run = new StringBuilder();
  private int at;

  TextLiteral(String source, int from, int to, boolean verbatim, boolean interpolated) {
    this.source = source;
    this.start = from;
    this.at = from;
    this.to = to;
    this.verbatim = verbatim;
    this.interpolated = interpolated;
  }

  /** The texts and the {@link Hole holes} in order; adjacent texts are one. */
  List<Object> parts() {
    while (!closed()) {
      char c = source.charAt(at);
      if (c == '\\' && !verbatim) {
        at = escape(source, at, to, run);
      } else if (interpolated && (c == '{' || c == '}')) {
        brace(c);
      } else if (c == '\n' && !verbatim) {
        throw new Syntax(start, "text is not closed in its line");
      } else {
        run.append(c);
        at++;
      }
    }
    flush();
    return parts;
  }

  private int skipped() {
    var _ = parts();
    return at;
  }

  /** Index after the closing quote. */
  int end() {
    return at;
  }

  private boolean closed() {
    if (at >= to) {
      throw new Syntax(start - 1, "text is not closed");
    }
    if (source.charAt(at) != '"') {
      return false;
    }
    if (verbatim && at + 1 < to && source.charAt(at + 1) == '"') {
      run.append('"');
      at += 2;
      return closed();
    }
    at++;
    return true;
  }

  private void flush() {
    if (!run.isEmpty()) {
      parts.add(run.toString());
      run = new StringBuilder();
    }
  }

  private void brace(char c) {
    if (at + 1 < to && source.charAt(at + 1) == c) {
      run.append(c);
      at += 2;
    } else if (c == '}') {
      throw new Syntax(at, "a single '}' in an interpolated text is written '}}'");
    } else {
      flush();
      parts.add(hole());
    }
  }

  private Hole hole() {
    int from = at + 1;
    int end = expressionEnd(from);
    int width = 0;
    int next = end;
    if (source.charAt(next) == ',') {
      int stop = next + 1;
      while (stop < to && source.charAt(stop) != ':' && source.charAt(stop) != '}') {
        stop++;
      }
      width = width(next + 1, stop);
      next = stop;
    }
    String format = "";
    if (next < to && source.charAt(next) == ':') {
      int stop = source.indexOf('}', next);
      stop = stop < 0 || stop >= to ? to : stop;
      format = source.substring(next + 1, stop);
      next = stop;
    }
    if (next >= to) {
      throw new Syntax(from - 1, "'{' of an interpolated text is not closed");
    }
    at = next + 1;
    return new Hole(from, end, width, format);
  }

  private int width(int from, int to) {
    try {
      return Integer.parseInt(source.substring(from, to).strip());
    } catch (NumberFormatException none) {
      throw new Syntax(from, "the width of a hole is a whole number");
    }
  }

  /** Index of what ends the expression of a hole: a comma, colon or brace outside of brackets. */
  private int expressionEnd(int from) {
    int depth = 0;
    int i = from;
    while (i < to) {
      char c = source.charAt(i);
      if (c == '"' || c == '\'') {
        i = quotedEnd(i);
        continue;
      }
      if (depth == 0 && (c == '}' || c == ',' || c == ':')) {
        return i;
      }
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      i++;
    }
    throw new Syntax(from - 1, "'{' of an interpolated text is not closed");
  }

  private int quotedEnd(int from) {
    if (from + 1 >= to) {
      return to;
    }
    if (source.charAt(from) == '\'') {
      int end = source.indexOf('\'', source.charAt(from + 1) == '\\' ? from + 3 : from + 2);
      return end < 0 ? to : end + 1;
    }
    char before = source.charAt(from - 1);
    boolean verbatimInside = before == '@' || (before == '$' && source.charAt(from - 2) == '@');
    boolean holes = before == '$' || (before == '@' && source.charAt(from - 2) == '$');
    return new TextLiteral(source, from + 1, to, verbatimInside, holes).skipped();
  }

  /** Appends the character that the escape at {@code at} stands for; the index after it. */
  static int escape(String source, int at, int to, StringBuilder out) {
    char c = at + 1 < to ? source.charAt(at + 1) : 0;
    switch (c) {
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'a' -> out.append('\u0007');
      case 'v' -> out.append('\u000B');
      case '0' -> out.append('\0');
      case '\\', '"', '\'' -> out.append(c);
      case 'u' -> {
        return hexadecimal(source, at, to, 4, 4, out);
      }
      case 'U' -> {
        return hexadecimal(source, at, to, 8, 8, out);
      }
      case 'x' -> {
        return hexadecimal(source, at, to, 1, 4, out);
      }
      default -> throw new Syntax(at, "unknown escape '\\" + c + "'");
    }
    return at + 2;
  }

  private static int hexadecimal(
      String source, int at, int to, int least, int most, StringBuilder out) {
    int code = 0;
    int digits = 0;
    while (digits < most && at + 2 + digits < to) {
      int digit = Character.digit(source.charAt(at + 2 + digits), HEX);
      if (digit < 0) {
        break;
      }
      code = code * HEX + digit;
      digits++;
    }
    if (digits < least || code < 0 || code > Character.MAX_CODE_POINT) {
      throw new Syntax(at, "escape without its hexadecimal digits");
    }
    out.appendCodePoint(code);
    return at + 2 + digits;
  }
}
