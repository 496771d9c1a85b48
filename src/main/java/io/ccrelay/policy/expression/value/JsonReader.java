package io.ccrelay.policy.expression.value;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as Newtonsoft.Json does: also texts in single quotes, names without quotes, comments
 * and a comma after the last item; texts that are ISO 8601 dates become dates. Confined to one
 * context.
 */
final class JsonReader {

  /** As Newtonsoft.Json 13. */
  private static final int DEEPEST = 64;

  private static final int LONGEST_LONG = 18;

  private final String json;
  private final boolean dates;
  private int at;
  private int depth;

  JsonReader(String json) {
    this(json, true);
  }

  /** With {@code dates} texts that are dates become dates. */
  JsonReader(String json, boolean dates) {
    this.json = json;
    this.dates = dates;
  }

  JToken document() {
    JToken token = value();
    blanks();
    if (at < json.length()) {
      throw problem("Additional text encountered after finished reading JSON content: " + here());
    }
    return token;
  }

  private JToken value() {
    blanks();
    if (at >= json.length()) {
      throw problem("Unexpected end of content while loading JSON");
    }
    return switch (json.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"', '\'' -> text();
      default -> word();
    };
  }

  private JObject object() {
    var object = new JObject();
    enter();
    for (blanks(); !ends('}'); blanks()) {
      String name = isQuote() ? string() : bareName();
      blanks();
      expect(':');
      object.set(name, value());
      separate('}');
    }
    depth--;
    return object;
  }

  private JArray array() {
    var array = new JArray();
    enter();
    for (blanks(); !ends(']'); blanks()) {
      array.add(value());
      separate(']');
    }
    depth--;
    return array;
  }

  private void enter() {
    at++;
    if (++depth > DEEPEST) {
      throw problem("The reader's MaxDepth of " + DEEPEST + " has been exceeded");
    }
  }

  private boolean ends(char closing) {
    if (at >= json.length()) {
      throw problem("Unexpected end of content while loading JSON");
    }
    if (json.charAt(at) != closing) {
      return false;
    }
    at++;
    return true;
  }

  private void separate(char closing) {
    blanks();
    if (at < json.length() && json.charAt(at) != closing) {
      expect(',');
    }
  }

  private void expect(char c) {
    if (at >= json.length() || json.charAt(at) != c) {
      throw problem("Unexpected character encountered while parsing value: " + here());
    }
    at++;
  }

  private boolean isQuote() {
    return at < json.length() && (json.charAt(at) == '"' || json.charAt(at) == '\'');
  }

  private String bareName() {
    int start = at;
    while (at < json.length()
        && (Character.isLetterOrDigit(json.charAt(at)) || here() == '_' || here() == '$')) {
      at++;
    }
    if (start == at) {
      throw problem("Invalid property identifier character: " + here());
    }
    return json.substring(start, at);
  }

  private JValue text() {
    String text = string();
    @Nullable Object date = dates ? DateReader.fromJson(text) : null;
    return new JValue(date == null ? text : date);
  }

  private String string() {
    char quote = json.charAt(at++);
    int start = at;
    while (at < json.length() && json.charAt(at) != quote && json.charAt(at) != '\\') {
      at++;
    }
    if (at < json.length() && json.charAt(at) == quote) {
      return json.substring(start, at++);
    }
    var out = new StringBuilder(json.substring(start, at));
    while (at < json.length() && json.charAt(at) != quote) {
      char c = json.charAt(at++);
      out.append(c == '\\' ? escape() : c);
    }
    if (at >= json.length()) {
      throw problem("Unterminated string. Expected delimiter: " + quote);
    }
    at++;
    return out.toString();
  }

  private char escape() {
    char c = at < json.length() ? json.charAt(at++) : 0;
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\'', '\\', '/' -> c;
      case 'u' -> unicode();
      default -> throw problem("Bad JSON escape sequence: \\" + c);
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < json.length() ? Character.digit(json.charAt(at++), 16) : -1;
      if (digit < 0) {
        throw problem("Could not parse unicode escape");
      }
      code = 16 * code + digit;
    }
    return (char) code;
  }

  private JValue word() {
    int start = at;
    while (at < json.length() && ",]}: \t\r\n/".indexOf(json.charAt(at)) < 0) {
      at++;
    }
    String word = json.substring(start, at);
    return switch (word) {
      case "true" -> new JValue(true);
      case "false" -> new JValue(false);
      case "null", "undefined" -> new JValue(null);
      case "NaN" -> new JValue(Double.NaN);
      default -> new JValue(number(word));
    };
  }

  private Number number(String word) {
    int digits = word.startsWith("-") ? 1 : 0;
    boolean whole = digits < word.length();
    for (int i = digits; i < word.length(); i++) {
      char c = word.charAt(i);
      whole &= c >= '0' && c <= '9';
      if ("0123456789+-.eE".indexOf(c) < 0) {
        throw problem("Unexpected character encountered while parsing value: " + c);
      }
    }
    try {
      if (!whole) {
        return Double.valueOf(word);
      }
      return word.length() <= LONGEST_LONG ? (Number) Long.valueOf(word) : large(word);
    } catch (NumberFormatException notOne) {
      throw problem("Input string '" + word + "' is not a valid number");
    }
  }

  private Number large(String word) {
    if (word.length() > 380) {
      throw problem("JSON integer is too large to parse");
    }
    var big = new BigInteger(word);
    return big.bitLength() < Long.SIZE ? (Number) big.longValue() : big;
  }

  private void blanks() {
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == '/') {
        comment();
      } else if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\uFEFF') {
        at++;
      } else {
        return;
      }
    }
  }

  private void comment() {
    boolean line = json.startsWith("//", at);
    int end = line ? json.indexOf('\n', at) : json.indexOf("*/", at + 2);
    if (!line && (!json.startsWith("/*", at) || end < 0)) {
      throw problem("Error parsing comment");
    }
    at = line ? (end < 0 ? json.length() : end) : end + 2;
  }

  private char here() {
    return at < json.length() ? json.charAt(at) : ' ';
  }

  private ClrException problem(String problem) {
    return new ClrException("JsonReaderException", problem + ". Position " + at + ".");
  }
}
