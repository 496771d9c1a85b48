package io.ccrelay.llm;

import java.util.Arrays;

/**
 * The bytes of a {@link CanonicalForm}, which has the rules of how they are written. Confined to
 * one context.
 */
final class FormBytes {

  private static final int LONGEST_COPIED = 4096;

  private byte[] out;
  private int size;

  /** For the form of a document of {@code length} bytes. */
  FormBytes(int length) {
    this.out = new byte[Math.min(length, 64 << 10) + 64];
  }

  /** What the bytes lie in, from its begin; another array once it had to grow. */
  byte[] array() {
    return out;
  }

  /** Number of bytes written so far. */
  int size() {
    return size;
  }

  /** Drops what was written from {@code end} on. */
  void cut(int end) {
    size = end;
  }

  void put(char kind) {
    room(1);
    out[size++] = (byte) kind;
  }

  /** The number that was read last. */
  void number(JsonTokens tokens) {
    room(tokens.to() - tokens.from() + 16);
    size = Decimal.write(tokens.bytes(), tokens.from(), tokens.to(), out, size);
  }

  /** The name or string that was read last. */
  void text(JsonTokens tokens) {
    int from = tokens.from();
    int length = tokens.to() - from;
    if (!tokens.escaped()) {
      text(tokens.bytes(), from, length);
      return;
    }
    room(length + 64);
    int start = size + 3;
    int end = JsonText.decode(tokens.bytes(), from, tokens.to(), out, start);
    if (end - start > LONGEST_COPIED) {
      hashed(Sha256.of(out, start, end - start));
    } else {
      head(end - start);
      size = end;
    }
  }

  /** A string of {@code length} bytes of {@code utf8}. */
  void text(byte[] utf8, int from, int length) {
    if (length > LONGEST_COPIED) {
      room(64);
      hashed(Sha256.of(utf8, from, length));
    } else {
      room(length + 8);
      head(length);
      System.arraycopy(utf8, from, out, size, length);
      size += length;
    }
  }

  private void head(int length) {
    out[size] = 's';
    out[size + 1] = (byte) (length >> 8);
    out[size + 2] = (byte) length;
    size += 3;
  }

  private void hashed(byte[] digest) {
    out[size++] = 'S';
    System.arraycopy(digest, 0, out, size, digest.length);
    size += digest.length;
  }

  private void room(int more) {
    if (out.length - size < more) {
      out = Arrays.copyOf(out, Math.max(size + more, out.length + (out.length >> 1)));
    }
  }
}
