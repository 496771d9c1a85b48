package io.ccrelay.policy.expression.value;

/**
 * The parts of a JSON text that {@link JsonReader} puts together: blanks and comments, signs, texts
 * and words. Confined to one context.
 */
final class JsonScanner {

  private final String json;
  private int at;

  JsonScanner(String json) {
    this.json = json;
  }

  boolean atEnd() {
    return at >= json.length();
  }

  /** Fails at the end of the text. */
  void notAtEnd() {
    if (atEnd()) {
      throw problem("Unexpected end of content while loading JSON");
    }
  }

  void skip() {
    at++;
  }

  /** Skips {@code closing} if it stands here; fails at the end of the text. */
  boolean ends(char closing) {
    notAtEnd();
    if (json.charAt(at) != closing) {
      return false;
    }
    at++;
    return true;
  }

  /** Skips {@code c}, which must stand here. */
  void expect(char c) {
    if (at >= json.length() || json.charAt(at) != c) {
      throw problem("Unexpected character encountered while parsing value: " + here());
    }
    at++;
  }

  boolean isQuote() {
    return at < json.length() && (json.charAt(at) == '"' || json.charAt(at) == '\'');
  }

  /** A name without quotes. */
  String bareName() {
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

  /** A text whose opening quote stands here. */
  String string() {
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

  /** What stands here up to the next sign, blank or comment. */
  String word() {
    int start = at;
    while (at < json.length() && ",]}: \t\r\n/".indexOf(json.charAt(at)) < 0) {
      at++;
    }
    return json.substring(start, at);
  }

  /** Skips blanks and comments. */
  void blanks() {
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

  /** What stands here; a space at the end of the text. */
  char here() {
    return at < json.length() ? json.charAt(at) : ' ';
  }

  /** The failure to throw for {@code problem} here. */
  ClrException problem(String problem) {
    return new ClrException("JsonReaderException", problem + ". Position " + at + ".");
  }
}
