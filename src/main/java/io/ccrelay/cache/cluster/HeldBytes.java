package io.ccrelay.cache.cluster;

import org.infinispan.commons.marshall.WrappedByteArray;

/** Bytes as maps hold them: wrapped, that equal bytes be equal, or not. */
final class HeldBytes {

  private HeldBytes() {}

  /** The bytes of {@code held}. */
  static byte[] of(Object held) {
    return held instanceof WrappedByteArray wrapped ? wrapped.getBytes() : (byte[]) held;
  }

  /** {@code bytes} in the form of {@code held}. */
  static Object likewise(byte[] bytes, Object held) {
    return held instanceof WrappedByteArray ? new WrappedByteArray(bytes) : bytes;
  }
}
