package io.ccrelay.policy.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as {@code ip-filter} compares them. Names are never resolved. */
final class Addresses {

  /** A literal has a colon, or digits and dots only: anything else would be looked up. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private Addresses() {}

  /** Whether {@code address} is {@code listed}, or in its range if that is {@code a.b.c.d/n}. */
  static boolean isIn(String address, String listed) {
    int slash = listed.indexOf('/');
    var range = bytes(slash < 0 ? listed : listed.substring(0, slash));
    var caller = bytes(address);
    if (range.isEmpty() || caller.isEmpty() || range.get().length != caller.get().length) {
      return false;
    }
    int bits = slash < 0 ? range.get().length * 8 : prefix(listed.substring(slash + 1));
    return bits >= 0 && bits <= range.get().length * 8 && share(caller.get(), range.get(), bits);
  }

  private static int prefix(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static boolean share(byte[] one, byte[] other, int bits) {
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((one[i / 8] & mask) != (other[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  static boolean isBetween(String address, String from, String to) {
    var caller = bytes(address);
    var low = bytes(from);
    var high = bytes(to);
    return caller.isPresent()
        && low.isPresent()
        && high.isPresent()
        && low.get().length == caller.get().length
        && high.get().length == caller.get().length
        && Arrays.compareUnsigned(low.get(), caller.get()) <= 0
        && Arrays.compareUnsigned(caller.get(), high.get()) <= 0;
  }

  private static Optional<byte[]> bytes(String literal) {
    try {
      return literal.isEmpty() || !LITERAL.matcher(literal).matches()
          ? Optional.empty()
          : Optional.of(InetAddress.getByName(literal).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
