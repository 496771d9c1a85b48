package io.ccrelay.policy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Percent-encoding (RFC 3986 section 2.1), leniently: what is not encoded well stays. */
final class Percent {

  private Percent() {}

  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var bytes = new ByteArrayOutputStream(text.length());
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < source.length; i++) {
      int high = digit(source, i + 1);
      int low = digit(source, i + 2);
      if (source[i] == '%' && high >= 0 && low >= 0) {
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(source[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int digit(byte[] source, int i) {
    return i < source.length ? Character.digit(source[i], 16) : -1;
  }

  /** The first value of each parameter of {@code raw}, decoded as forms are. */
  static Map<String, String> query(String raw) {
    var values = new HashMap<String, String>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!name.isEmpty()) {
        values.putIfAbsent(form(name), form(value));
      }
    }
    return values;
  }

  private static String form(String text) {
    return decoded(text.replace('+', ' '));
  }
}
