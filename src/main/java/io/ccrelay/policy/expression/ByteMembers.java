package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code BitConverter}, little-endian as on every machine of the service, and {@code IPAddress}.
 */
final class ByteMembers {

  private ByteMembers() {}

  static void fill() {
    Types.declare("System", "BitConverter", "", value -> false)
        .constant("IsLittleEndian", "bool", a -> true)
        .function("GetBytes", 1, 1, "Array", a -> bytes(a.some(0)))
        .function("ToInt32", 2, 2, "int", a -> at(a, 4).getInt())
        .function("ToInt64", 2, 2, "long", a -> at(a, 8).getLong())
        .function("ToDouble", 2, 2, "double", a -> at(a, 8).getDouble())
        .function("ToBoolean", 2, 2, "bool", a -> at(a, 1).get() != 0)
        .function("ToString", 1, 1, "string", a -> a.made(text(a.bytes(0))));
    ClrType address = Types.declare("System.Net", "IPAddress", "", InetAddress.class::isInstance);
    Types.register(Inet4Address.class, address);
    Types.register(Inet6Address.class, address);
    address
        .function("Parse", 1, 1, "IPAddress", ByteMembers::parsed)
        .function("TryParse", 2, 2, "bool", a -> a.tried(1, address(a.textOrNull(0)), null))
        .function("IsLoopback", 1, 1, "bool", a -> a.as(0, InetAddress.class).isLoopbackAddress())
        .property("AddressFamily", "AddressFamily", ByteMembers::family)
        .method("GetAddressBytes", 0, 0, "Array", a -> a.self(InetAddress.class).getAddress())
        .method("ToString", 0, 0, "string", a -> a.self(InetAddress.class).getHostAddress())
        .inherits(Types.OBJECT);
    Enums.flags("System.Net.Sockets", "AddressFamily", "InterNetwork", 2, "InterNetworkV6", 23);
  }

  private static byte[] bytes(Object value) {
    ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    switch (value) {
      case Integer number -> buffer.putInt(number);
      case Long number -> buffer.putLong(number);
      case Double number -> buffer.putDouble(number);
      case Boolean truth -> buffer.put((byte) (truth ? 1 : 0));
      case Character character -> buffer.putChar(character);
      default -> throw ClrException.cast(Types.nameOf(value), "System.Int32");
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static ByteBuffer at(Args a, int size) {
    byte[] bytes = a.bytes(0);
    int from = a.integer(1);
    if (from < 0 || from > bytes.length - size) {
      throw ClrException.argument("The array is too short.");
    }
    return ByteBuffer.wrap(bytes, from, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(byte[] bytes) {
    return HexFormat.ofDelimiter("-").formatHex(bytes).toUpperCase(Locale.ROOT);
  }

  private static Object parsed(Args a) {
    InetAddress address = address(a.text(0));
    if (address == null) {
      throw ClrException.format("An invalid IP address was specified.");
    }
    return address;
  }

  /** No name is looked up. */
  private static @Nullable InetAddress address(@Nullable String text) {
    try {
      return text == null ? null : InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  private static ClrEnum family(Args a) {
    return a.self() instanceof Inet4Address
        ? new ClrEnum("AddressFamily", "InterNetwork", 2)
        : new ClrEnum("AddressFamily", "InterNetworkV6", 23);
  }
}
