package io.ccrelay.http;

import io.ccrelay.http.StructuredFields.Bare;
import io.ccrelay.http.StructuredFields.Binary;
import io.ccrelay.http.StructuredFields.Date;
import io.ccrelay.http.StructuredFields.Decimal;
import io.ccrelay.http.StructuredFields.DisplayText;
import io.ccrelay.http.StructuredFields.Text;
import io.ccrelay.http.StructuredFields.Token;
import io.ccrelay.http.StructuredFields.Truth;
import io.ccrelay.http.StructuredFields.Whole;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Reads bare items (RFC 9651 section 4.2.3.1). Used once, by one thread. */
final class BareParser {

  private static final int WHOLE_DIGITS = 15;
  private static final int DECIMAL_DIGITS = 12;
  private static final int FRACTION_DIGITS = 3;

  private final StructuredScanner scanner;

  BareParser(StructuredScanner scanner) {
    this.scanner = scanner;
  }

  Bare read() {
    int first = scanner.peek();
    return switch (first) {
      case '"' -> new Text(quoted());
      case ':' -> binary();
      case '?' -> truth();
      case '@' -> date();
      case '%' -> displayText();
      default -> ListMembers.isLetter(first) || first == '*' ? token() : number();
    };
  }

  private Bare number() {
    boolean negative = scanner.take('-');
    String digits = scanner.takeWhile(ListMembers::isDigit);
    if (digits.isEmpty()) {
      throw scanner.malformed("a bare item");
    }
    if (scanner.take('.')) {
      return decimal(negative, digits);
    }
    if (digits.length() > WHOLE_DIGITS) {
      throw scanner.malformed("at most 15 digits");
    }
    long value = Long.parseLong(digits);
    return new Whole(negative ? -value : value);
  }

  private Bare decimal(boolean negative, String digits) {
    String fraction = scanner.takeWhile(ListMembers::isDigit);
    if (fraction.isEmpty()
        || fraction.length() > FRACTION_DIGITS
        || digits.length() > DECIMAL_DIGITS) {
      throw scanner.malformed("at most 12 digits, a point and 1 to 3 digits");
    }
    var value = new BigDecimal(digits + "." + fraction);
    return new Decimal(negative ? value.negate() : value);
  }

  private String quoted() {
    scanner.expect('"');
    var text = new StringBuilder();
    while (true) {
      char c = scanner.next("a closing quote");
      if (c == '"') {
        return text.toString();
      }
      if (c == '\\') {
        c = scanner.next("an escaped character");
        if (c != '"' && c != '\\') {
          throw scanner.malformed("an escaped quote or backslash");
        }
      }
      text.append(printable(c));
    }
  }

  private char printable(char c) {
    if (c < ' ' || c > '~') {
      throw scanner.malformed("a printable ASCII character");
    }
    return c;
  }

  private Bare token() {
    return new Token(
        scanner.takeWhile(c -> ListMembers.isTokenCharacter(c) || c == ':' || c == '/'));
  }

  private Bare binary() {
    scanner.expect(':');
    String base64 = scanner.takeWhile(c -> c != ':');
    scanner.expect(':');
    try {
      return new Binary(Base64.getEncoder().encodeToString(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException notBase64) {
      throw scanner.malformed("base64");
    }
  }

  private Bare truth() {
    scanner.expect('?');
    if (scanner.take('1')) {
      return new Truth(true);
    }
    scanner.expect('0');
    return new Truth(false);
  }

  private Bare date() {
    scanner.expect('@');
    if (number() instanceof Whole(long seconds)) {
      return new Date(Instant.ofEpochSecond(seconds));
    }
    throw scanner.malformed("whole seconds");
  }

  private Bare displayText() {
    scanner.expect('%');
    scanner.expect('"');
    var bytes = new ByteArrayOutputStream();
    while (true) {
      char c = printable(scanner.next("a closing quote"));
      if (c == '"') {
        return new DisplayText(decoded(bytes.toByteArray()));
      }
      bytes.write(c == '%' ? 16 * hexDigit() + hexDigit() : c);
    }
  }

  private String decoded(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw scanner.malformed("UTF-8");
    }
  }

  /** Only lower-case letters are digits here. */
  private int hexDigit() {
    int digit = "0123456789abcdef".indexOf(scanner.next("a hexadecimal digit"));
    if (digit < 0) {
      throw scanner.malformed("a lower-case hexadecimal digit");
    }
    return digit;
  }
}
