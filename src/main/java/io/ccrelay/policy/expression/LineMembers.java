package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/** {@code StringReader} and {@code StringWriter}. */
final class LineMembers {

  private LineMembers() {}

  /** A text that is read from its beginning. Confined to one context. */
  static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    @Nullable String line() {
      if (at >= text.length()) {
        return null;
      }
      int end = text.indexOf('\n', at);
      int until = end < 0 ? text.length() : end;
      String line = text.substring(at, until);
      at = until + 1;
      return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    String rest() {
      String rest = at >= text.length() ? "" : text.substring(at);
      at = text.length();
      return rest;
    }

    int character(boolean take) {
      int found = at < text.length() ? text.charAt(at) : -1;
      at += take ? 1 : 0;
      return found;
    }
  }

  /** A text that grows. Confined to one context. */
  static final class Writer {
    final StringBuilder text = new StringBuilder();

    @Override
    public String toString() {
      return text.toString();
    }
  }

  static void fill() {
    Types.declare("System.IO", "StringReader", Reader.class)
        .constructor(1, 1, a -> new Reader(a.text(0)))
        .method("ReadLine", 0, 0, "string", a -> line(a))
        .method("ReadToEnd", 0, 0, "string", a -> a.made(a.self(Reader.class).rest()))
        .method("Read", 0, 0, "int", a -> a.self(Reader.class).character(true))
        .method("Peek", 0, 0, "int", a -> a.self(Reader.class).character(false))
        .method("Dispose", 0, 0, "", a -> null)
        .method("Close", 0, 0, "", a -> null)
        .inherits(Types.OBJECT);
    Types.declare("System.IO", "StringWriter", Writer.class)
        .constructor(0, 0, a -> new Writer())
        .method("Write", 1, 1, "", a -> write(a, ""))
        .method("WriteLine", 0, 1, "", a -> write(a, "\n"))
        .method("Dispose", 0, 0, "", a -> null)
        .method("Close", 0, 0, "", a -> null)
        .method("Flush", 0, 0, "", a -> null)
        .inherits(Types.OBJECT);
  }

  private static @Nullable String line(Args a) {
    String line = a.self(Reader.class).line();
    return line == null ? null : a.made(line);
  }

  private static @Nullable Object write(Args a, String end) {
    String text = a.has(0) ? Texts.of(a.get(0), a.frame) : "";
    a.self(Writer.class).text.append(text).append(end);
    return null;
  }
}
