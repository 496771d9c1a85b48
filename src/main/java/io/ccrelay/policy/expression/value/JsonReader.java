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

  private final JsonScanner scan;
  private final boolean dates;
  private int depth;

  JsonReader(String json) {
    this(json, true);
  }

  /** With {@code dates} texts that are dates become dates. */
  JsonReader(String json, boolean dates) {
    this.scan = new JsonScanner(json);
    this.dates = dates;
  }

  JToken document() {
    JToken token = value();
    scan.blanks();
    if (!scan.atEnd()) {
      throw scan.problem(
          "Additional text encountered after finished reading JSON content: " + scan.here());
    }
    return token;
  }

  private JToken value() {
    scan.blanks();
    scan.notAtEnd();
    return switch (scan.here()) {
      case '{' -> object();
      case '[' -> array();
      case '"', '\'' -> text();
      default -> word();
    };
  }

  private JObject object() {
    var object = new JObject();
    enter();
    for (scan.blanks(); !scan.ends('}'); scan.blanks()) {
      String name = scan.isQuote() ? scan.string() : scan.bareName();
      scan.blanks();
      scan.expect(':');
      object.set(name, value());
      separate('}');
    }
    depth--;
    return object;
  }

  private JArray array() {
    var array = new JArray();
    enter();
    for (scan.blanks(); !scan.ends(']'); scan.blanks()) {
      array.add(value());
      separate(']');
    }
    depth--;
    return array;
  }

  private void enter() {
    scan.skip();
    if (++depth > DEEPEST) {
      throw scan.problem("The reader's MaxDepth of " + DEEPEST + " has been exceeded");
    }
  }

  private void separate(char closing) {
    scan.blanks();
    if (!scan.atEnd() && scan.here() != closing) {
      scan.expect(',');
    }
  }

  private JValue text() {
    String text = scan.string();
    @Nullable Object date = dates ? DateReader.fromJson(text) : null;
    return new JValue(date == null ? text : date);
  }

  private JValue word() {
    String word = scan.word();
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
        throw scan.problem("Unexpected character encountered while parsing value: " + c);
      }
    }
    try {
      if (!whole) {
        return Double.valueOf(word);
      }
      return word.length() <= LONGEST_LONG ? (Number) Long.valueOf(word) : large(word);
    } catch (NumberFormatException notOne) {
      throw scan.problem("Input string '" + word + "' is not a valid number");
    }
  }

  private Number large(String word) {
    if (word.length() > 380) {
      throw scan.problem("JSON integer is too large to parse");
    }
    var big = new BigInteger(word);
    return big.bitLength() < Long.SIZE ? (Number) big.longValue() : big;
  }
}
