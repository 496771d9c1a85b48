package io.ccrelay.cache;

import java.util.HexFormat;

/**
 * The key of an entry: any bytes, usually a 256-bit digest that holds its scope already. Immutable,
 * with its hash remembered; safe for use from any context.
 */
public final class Key implements Comparable<Key> {

  private final Bytes bytes;
  private final int hash;

  /** The first eight bytes, zeros behind a shorter key: decides almost every comparison. */
  private final long head;

  private Key(Bytes bytes) {
    this.bytes = bytes;
    this.hash = bytes.hashCode();
    this.head = headOf(bytes);
  }

  private static long headOf(Bytes bytes) {
    long head = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      head = head << Byte.SIZE | (i < bytes.size() ? bytes.at(i) & 0xff : 0);
    }
    return head;
  }

  /** The key whose bytes are the UTF-8 form of {@code text}; any text, the empty one included. */
  public static Key of(String text) {
    return new Key(Bytes.utf8(text));
  }

  /** The key made of {@code digest}, which the caller hands over. */
  public static Key ofDigest(byte[] digest) {
    return new Key(Bytes.owned(digest));
  }

  /** The key that {@link #hex} printed. */
  public static Key ofHex(String hex) {
    return ofDigest(HexFormat.of().parseHex(hex));
  }

  /** The bytes of this key. */
  public Bytes bytes() {
    return bytes;
  }

  /** All bytes in lower-case hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(bytes.toArray());
  }

  /** The first 12 hexadecimal digits: enough for a log line, too little to guess the rest. */
  public String prefix() {
    return HexFormat.of().formatHex(bytes.slice(0, Math.min(6, bytes.size())).toArray());
  }

  /** By the bytes of both, which is the order of their {@link #hex} forms. */
  @Override
  public int compareTo(Key other) {
    int byHead = Long.compareUnsigned(head, other.head);
    return byHead != 0 ? byHead : bytes.compareTo(other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key that && hash == that.hash && bytes.equals(that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return prefix();
  }
}
