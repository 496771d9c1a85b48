package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * Parts in a row, each behind its length, so that no two rows of parts share their bytes. Confined
 * to one context.
 */
final class KeyParts {

  private byte[] out;
  private int size;

  KeyParts(int expected) {
    out = new byte[expected];
  }

  void add(int number) {
    room(4);
    out[size++] = (byte) (number >>> 24);
    out[size++] = (byte) (number >>> 16);
    out[size++] = (byte) (number >>> 8);
    out[size++] = (byte) number;
  }

  /** Code units, so that texts that have no UTF-8 form differ as well. */
  void add(String text) {
    int length = text.length();
    add(length);
    room(2 * length);
    boolean narrow = true;
    for (int i = 0; i < length && narrow; i++) {
      narrow = text.charAt(i) < 0x100;
    }
    out[size - 4] = (byte) (narrow ? 0 : 0x80);
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      if (!narrow) {
        out[size++] = (byte) (unit >>> 8);
      }
      out[size++] = (byte) unit;
    }
  }

  void add(Bytes bytes) {
    add(bytes.size());
    room(bytes.size());
    size +=
        bytes.<Integer>lend((array, offset, length) -> {
          System.arraycopy(array, offset, out, size, length);
          return length;
        });
  }

  byte[] sha256() {
    return Sha256.of(out, 0, size);
  }

  byte[] mac(Mac mac) {
    mac.update(out, 0, size);
    return mac.doFinal();
  }

  private void room(int more) {
    if (out.length - size < more) {
      out = Arrays.copyOf(out, Math.max(size + more, out.length * 2));
    }
  }
}
