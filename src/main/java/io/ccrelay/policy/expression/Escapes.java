package io.ccrelay.policy.expression;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Percent encoding in the forms .NET has. */
final class Escapes {

  /** Named references of Latin-1 (HTML 3.2), in the order of their characters. */
  private static final List<String> LATIN =
      List.of(
          ("nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg"
                  + " plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12"
                  + " frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave"
                  + " Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc"
                  + " Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave"
                  + " aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave"
                  + " iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash"
                  + " ugrave uacute ucirc uuml yacute thorn yuml")
              .split(" ", -1));

  private static final int FIRST_LATIN = 0xA0;

  private static final String RESERVED = ":/?#[]@!$&'()*+,;=";
  private static final String HEX = "0123456789ABCDEF";

  private Escapes() {}

  /** {@code Uri.EscapeDataString}: all but the unreserved characters of RFC 3986 section 2.3. */
  static String data(String text) {
    return encode(text, "-_.~", false, false);
  }

  /** {@code Uri.EscapeUriString}: reserved characters stay. */
  static String uri(String text) {
    return encode(text, "-_.~%" + RESERVED, false, false);
  }

  /** {@code WebUtility.UrlEncode}. */
  static String form(String text) {
    return encode(text, "-_.!*()", true, false);
  }

  private static String encode(String text, String kept, boolean plus, boolean small) {
    var out = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0)) {
        out.append(c);
      } else if (plus && c == ' ') {
        out.append('+');
      } else {
        String digits = "" + HEX.charAt(c >> 4) + HEX.charAt(c & 15);
        out.append('%').append(small ? digits.toLowerCase(Locale.ROOT) : digits);
      }
    }
    return out.toString();
  }

  /** Decodes percent encoding and {@code +}; what is no encoding stays. */
  static String formDecode(String text) {
    return decode(text.replace('+', ' '));
  }

  /** Decodes percent encoding; what is no encoding stays. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var out = new ByteArrayOutputStream(text.length());
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < octets.length; i++) {
      int high =
          octets[i] == '%' && i + 2 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(octets[i + 2], 16) : -1;
      if (low >= 0) {
        out.write(16 * high + low);
        i += 2;
      } else {
        out.write(octets[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** {@code WebUtility.HtmlEncode}. */
  static String html(String text) {
    var out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> {
          if (c >= 160 && c < 256) {
            out.append("&#").append((int) c).append(';');
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  /** {@code WebUtility.HtmlDecode} of numeric references and those named in HTML 3.2. */
  static String htmlDecode(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int end = text.charAt(i) == '&' ? text.indexOf(';', i) : -1;
      String meant = end > 0 && end - i < 12 ? reference(text.substring(i + 1, end)) : "";
      out.append(meant.isEmpty() ? String.valueOf(text.charAt(i)) : meant);
      i = meant.isEmpty() ? i : end;
    }
    return out.toString();
  }

  private static String reference(String name) {
    return switch (name) {
      case "lt" -> "<";
      case "gt" -> ">";
      case "amp" -> "&";
      case "quot" -> "\"";
      case "apos" -> "'";
      default -> name.startsWith("#") ? numbered(name.substring(1)) : latin(name);
    };
  }

  private static String latin(String name) {
    int place = LATIN.indexOf(name);
    return place < 0 ? "" : Character.toString(FIRST_LATIN + place);
  }

  private static String numbered(String number) {
    try {
      boolean hexadecimal = number.startsWith("x") || number.startsWith("X");
      int code = hexadecimal ? Integer.parseInt(number.substring(1), 16) : Integer.parseInt(number);
      return Character.isValidCodePoint(code) ? Character.toString(code) : "";
    } catch (NumberFormatException none) {
      return "";
    }
  }
}
