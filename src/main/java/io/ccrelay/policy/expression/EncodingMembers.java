package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code System.Text.Encoding}. */
final class EncodingMembers {

  private EncodingMembers() {}

  static void fill(ClrType type) {
    constant(type, "UTF8", StandardCharsets.UTF_8);
    constant(type, "ASCII", StandardCharsets.US_ASCII);
    constant(type, "Unicode", StandardCharsets.UTF_16LE);
    constant(type, "BigEndianUnicode", StandardCharsets.UTF_16BE);
    constant(type, "Default", StandardCharsets.UTF_8);
    constant(type, "Latin1", StandardCharsets.ISO_8859_1);
    type.method("GetBytes", 1, 1, "", EncodingMembers::octets)
        .method("GetString", 1, 3, "string", EncodingMembers::text)
        .method("GetByteCount", 1, 1, "int", a -> octets(a).length)
        .function("GetEncoding", 1, 1, "Encoding", EncodingMembers::named)
        .inherits(Types.OBJECT);
  }

  private static void constant(ClrType type, String name, Charset charset) {
    var encoding = new TextEncoding(charset);
    type.constant(name, "Encoding", a -> encoding);
  }

  private static byte[] octets(Args a) {
    String text =
        a.get(0) instanceof String
            ? a.text(0)
            : String.join("", Sequence.of(a.get(0), a.budget()).stream().map(Texts::of).toList());
    a.budget().allocate(3L * text.length());
    return text.getBytes(a.self(TextEncoding.class).charset());
  }

  private static String text(Args a) {
    byte[] octets = a.bytes(0);
    int from = a.integer(1, 0);
    int count = a.integer(2, octets.length - from);
    if (from < 0 || count < 0 || (long) from + count > octets.length) {
      throw ClrException.range("Index and count must refer to a location within the buffer.");
    }
    a.budget().allocate(2L * count);
    return new String(octets, from, count, a.self(TextEncoding.class).charset());
  }

  private static TextEncoding named(Args a) {
    return switch (a.text(0).toLowerCase(Locale.ROOT)) {
      case "utf-8" -> new TextEncoding(StandardCharsets.UTF_8);
      case "us-ascii", "ascii" -> new TextEncoding(StandardCharsets.US_ASCII);
      case "iso-8859-1", "latin1" -> new TextEncoding(StandardCharsets.ISO_8859_1);
      case "utf-16" -> new TextEncoding(StandardCharsets.UTF_16LE);
      default ->
          throw ClrException.argument("'" + a.text(0) + "' is not a supported encoding name.");
    };
  }
}
