package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one JSON text (RFC 8259), read strictly and without decoding: strings and numbers
 * are spans of the bytes given. Neither a byte-order mark, nor anything after the value, nor bytes
 * that are not UTF-8 are accepted. Nesting costs one bit a level, and no stack. Duplicate names are
 * the business of whoever reads the tokens. Confined to one context.
 */
public final class JsonTokens {

  /** What was wrong. */
  public enum Fault {
    /** Nothing but blanks. */
    EMPTY,
    /** Not JSON. */
    SYNTAX,
    /** Not UTF-8. */
    ENCODING
  }

  private enum Expect {
    VALUE,
    FIRST_ELEMENT,
    FIRST_NAME,
    NEXT,
    NOTHING
  }

  private final byte[] bytes;
  private final int end;
  private final Nesting open = new Nesting();
  private int at;
  private int from;
  private int to;
  private boolean escaped;
  private Expect expect = Expect.VALUE;
  private @Nullable Fault fault;

  /** Tokens of {@code length} bytes of {@code bytes} from {@code offset}. */
  public JsonTokens(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  /** Whether {@code json} is one JSON object and nothing else. */
  public static boolean isObject(Bytes json) {
    return json.lend((array, offset, length) -> {
      var tokens = new JsonTokens(array, offset, length);
      JsonToken first = tokens.next();
      JsonToken token = first;
      while (token != JsonToken.END && token != JsonToken.FAULT) {
        token = tokens.next();
      }
      return first == JsonToken.OBJECT_START && token == JsonToken.END;
    });
  }

  /** The next token. */
  public JsonToken next() {
    int c = peek();
    if (c < 0) {
      return atEnd();
    }
    return switch (expect) {
      case VALUE -> value(c);
      case FIRST_ELEMENT -> c == ']' ? close(JsonToken.ARRAY_END) : value(c);
      case FIRST_NAME -> c == '}' ? close(JsonToken.OBJECT_END) : name(c);
      case NEXT -> following(c);
      case NOTHING -> failed(Fault.SYNTAX);
    };
  }

  /** Index of the first byte of the last name, string (after the quote) or number. */
  public int from() {
    return from;
  }

  /** Index after the last byte of the last name, string (before the quote) or number. */
  public int to() {
    return to;
  }

  /** Whether the last name or string holds an escape. */
  public boolean escaped() {
    return escaped;
  }

  /** The last name, string or number as text. */
  public String text() {
    return JsonText.of(bytes, from, to, escaped);
  }

  /** Whether the last name or string is the text whose UTF-8 form is given. */
  public boolean is(byte[] utf8) {
    if (escaped) {
      return text().equals(new String(utf8, StandardCharsets.UTF_8));
    }
    return Arrays.equals(bytes, from, to, utf8, 0, utf8.length);
  }

  /** Number of objects and arrays that are open. */
  public int depth() {
    return open.depth();
  }

  /** What was wrong; meaningful after {@link JsonToken#FAULT}. */
  public Fault fault() {
    return fault == null ? Fault.SYNTAX : fault;
  }

  /** The bytes that {@link #from} and {@link #to} count in. */
  byte[] bytes() {
    return bytes;
  }

  private JsonToken atEnd() {
    if (fault != null) {
      return JsonToken.FAULT;
    }
    if (expect == Expect.NOTHING) {
      return JsonToken.END;
    }
    return failed(expect == Expect.VALUE && open.depth() == 0 ? Fault.EMPTY : Fault.SYNTAX);
  }

  private JsonToken failed(Fault what) {
    if (fault == null) {
      fault = what;
    }
    at = end;
    return JsonToken.FAULT;
  }

  /** The next byte that is not blank, not consumed, or -1 at the end. */
  private int peek() {
    while (at < end) {
      int c = bytes[at] & 0xff;
      if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return c;
      }
      at++;
    }
    return -1;
  }

  private JsonToken following(int c) {
    boolean object = open.inObject();
    if (c == ',') {
      at++;
      int next = peek();
      return object ? name(next) : value(next);
    }
    if (object) {
      return c == '}' ? close(JsonToken.OBJECT_END) : failed(Fault.SYNTAX);
    }
    return c == ']' ? close(JsonToken.ARRAY_END) : failed(Fault.SYNTAX);
  }

  private JsonToken name(int c) {
    if (c != '"' || !string() || peek() != ':') {
      return failed(Fault.SYNTAX);
    }
    at++;
    expect = Expect.VALUE;
    return JsonToken.NAME;
  }

  private JsonToken value(int c) {
    return switch (c) {
      case '"' -> string() ? completed(JsonToken.STRING) : failed(Fault.SYNTAX);
      case '{' -> begin(true, JsonToken.OBJECT_START, Expect.FIRST_NAME);
      case '[' -> begin(false, JsonToken.ARRAY_START, Expect.FIRST_ELEMENT);
      case 't' -> word("true", JsonToken.TRUE);
      case 'f' -> word("false", JsonToken.FALSE);
      case 'n' -> word("null", JsonToken.NULL);
      default -> number() ? completed(JsonToken.NUMBER) : failed(Fault.SYNTAX);
    };
  }

  private JsonToken completed(JsonToken token) {
    expect = open.depth() == 0 ? Expect.NOTHING : Expect.NEXT;
    return token;
  }

  private JsonToken begin(boolean object, JsonToken token, Expect first) {
    open.push(object);
    at++;
    expect = first;
    return token;
  }

  private JsonToken close(JsonToken token) {
    open.pop();
    at++;
    return completed(token);
  }

  private JsonToken word(String expected, JsonToken token) {
    if (end - at < expected.length()) {
      return failed(Fault.SYNTAX);
    }
    for (int i = 1; i < expected.length(); i++) {
      if (bytes[at + i] != expected.charAt(i)) {
        return failed(Fault.SYNTAX);
      }
    }
    at += expected.length();
    return completed(token);
  }

  private boolean number() {
    from = at;
    to = JsonLexis.number(bytes, at, end);
    escaped = false;
    at = to;
    return to >= 0;
  }

  /** Reads the string whose opening quote is at the current index. */
  private boolean string() {
    int p = at + 1;
    from = p;
    escaped = false;
    while (true) {
      p = JsonLexis.plain(bytes, p, end);
      byte c = p < end ? bytes[p] : 0;
      if (c == '"') {
        to = p;
        at = p + 1;
        return true;
      }
      if (c >= 0 && c != '\\') {
        return false;
      }
      escaped |= c > 0;
      p = c > 0 ? JsonLexis.escape(bytes, p, end) : Utf8.after(bytes, p, end);
      if (p < 0) {
        fault = c > 0 ? Fault.SYNTAX : Fault.ENCODING;
        return false;
      }
    }
  }
}
