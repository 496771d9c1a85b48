package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code System.Guid}. */
final class GuidMembers {

  private static final Pattern FORM =
      Pattern.compile("[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}");
  private static final int OCTETS = 16;

  private GuidMembers() {}

  static void fill(ClrType type) {
    type.method("ToByteArray", 0, 0, "", a -> octets(a.self(UUID.class)))
        .method(
            "CompareTo", 1, 1, "int", a -> Integer.signum(Comparison.compare(a.self(), a.get(0))))
        .constant("Empty", "Guid", a -> new UUID(0, 0))
        .function("NewGuid", 0, 0, "Guid", a -> a.frame.context.entropy().guid())
        .function("Parse", 1, 1, "Guid", a -> parse(a.text(0)))
        .function(
            "TryParse",
            2,
            2,
            "bool",
            a -> a.tried(1, a.get(0) == null ? null : read(a.text(0)), new UUID(0, 0)))
        .constructor(1, 1, a -> a.get(0) instanceof byte[] octets ? of(octets) : parse(a.text(0)))
        .inherits(Types.OBJECT);
  }

  private static UUID parse(String text) {
    UUID guid = read(text);
    if (guid == null) {
      throw ClrException.format("Unrecognized Guid format.");
    }
    return guid;
  }

  /** Reads a GUID with hyphens or without, in braces or without; {@code null} if it is none. */
  static @Nullable UUID read(String text) {
    String bare = text.strip();
    boolean enclosed =
        (bare.startsWith("{") && bare.endsWith("}"))
            || (bare.startsWith("(") && bare.endsWith(")"));
    bare = enclosed && bare.length() > 2 ? bare.substring(1, bare.length() - 1) : bare;
    if (!FORM.matcher(bare).matches()) {
      return null;
    }
    String digits = bare.replace("-", "");
    return new UUID(
        Long.parseUnsignedLong(digits.substring(0, OCTETS), 16),
        Long.parseUnsignedLong(digits.substring(OCTETS), 16));
  }

  /** The octets: the first three fields begin with their lowest octet. */
  private static byte[] octets(UUID guid) {
    var octets = new byte[OCTETS];
    for (int i = 0; i < 8; i++) {
      octets[place(i)] = (byte) (guid.getMostSignificantBits() >>> (56 - 8 * i));
      octets[8 + i] = (byte) (guid.getLeastSignificantBits() >>> (56 - 8 * i));
    }
    return octets;
  }

  private static UUID of(byte[] octets) {
    if (octets.length != OCTETS) {
      throw ClrException.argument("Byte array for Guid must be exactly 16 bytes long.");
    }
    long most = 0;
    long least = 0;
    for (int i = 0; i < 8; i++) {
      most = most << 8 | (octets[place(i)] & 0xFF);
      least = least << 8 | (octets[8 + i] & 0xFF);
    }
    return new UUID(most, least);
  }

  /** Where octet {@code i} of the text stands among the octets. */
  private static int place(int i) {
    return i < 4 ? 3 - i : i < 6 ? 9 - i : 13 - i;
  }
}
