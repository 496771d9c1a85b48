package io.ccrelay.cache;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable view of bytes. Slices share the bytes they were cut from; nobody can change them.
 * Safe for use from any context.
 */
public final class Bytes implements Comparable<Bytes> {

  private static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int size;

  private Bytes(byte[] array, int offset, int size) {
    this.array = array;
    this.offset = offset;
    this.size = size;
  }

  /** No bytes. */
  public static Bytes empty() {
    return EMPTY;
  }

  /** A copy of {@code source}: later changes to the array are not seen. */
  public static Bytes copyOf(byte[] source) {
    return source.length == 0 ? EMPTY : new Bytes(source.clone(), 0, source.length);
  }

  /** The UTF-8 form of {@code text}. */
  public static Bytes utf8(String text) {
    return owned(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code source} itself, without a copy: the caller hands the array over and forgets it. */
  public static Bytes owned(byte[] source) {
    return source.length == 0 ? EMPTY : new Bytes(source, 0, source.length);
  }

  /** Number of bytes. */
  public int size() {
    return size;
  }

  /** Whether there are no bytes. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The byte at {@code index}, counted from the start of this view. */
  public byte at(int index) {
    return array[offset + Objects.checkIndex(index, size)];
  }

  /** The bytes from {@code from} (inclusive) to {@code to} (exclusive), not copied. */
  public Bytes slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    return from == to ? EMPTY : new Bytes(array, offset + from, to - from);
  }

  /** A copy of these bytes as an array of the caller's own. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + size);
  }

  /** A read-only view for code that takes NIO buffers; nothing is copied. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array, offset, size).slice().asReadOnlyBuffer();
  }

  /** These bytes read as UTF-8. */
  public String toUtf8() {
    return new String(array, offset, size, StandardCharsets.UTF_8);
  }

  /** Memory held by the array behind this view, in bytes: what a cache must count. */
  public int heldBytes() {
    return array.length;
  }

  /** These bytes, copied if the array behind this view is much larger: for keeping them long. */
  public Bytes compact() {
    int spare = array.length - size;
    return spare > Math.max(256, size >> 3) ? owned(toArray()) : this;
  }

  /** Appends these bytes to {@code sink}. */
  public void writeTo(ByteArrayOutputStream sink) {
    sink.write(array, offset, size);
  }

  /**
   * Lends the array behind this view to {@code borrower}, which must neither change nor keep it
   * beyond what {@code Bytes} itself guarantees: for zero-copy writes and hashing.
   */
  public <T> T lend(Borrower<T> borrower) {
    return borrower.use(array, offset, size);
  }

  /** Uses a borrowed array; see {@link #lend}. */
  @FunctionalInterface
  public interface Borrower<T> {
    /** Reads {@code length} bytes of {@code array} from {@code offset}. */
    T use(byte[] array, int offset, int length);
  }

  /** By unsigned bytes, the shorter of two that begin alike first. */
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(
        array, offset, offset + size, other.array, other.offset, other.offset + other.size);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + size, that.array, that.offset, that.offset + that.size);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + size; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return "Bytes(" + size + ")";
  }
}
