package io.ccrelay.semantic;

import io.ccrelay.cache.Key;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * All labels at some time, in a form that outlives the process. Immutable.
 *
 * <pre>
 *   4  'C' 'C' 'S' 'L'
 *   1  version
 *   *  basis: length (2), modified UTF-8
 *   8  labels
 *   8  wrong ones
 *   4  entries: length of the key (1), key, right labels (4), wrong (1)
 *   8  CRC-32C of all before (RFC 3720 appendix B.4)
 * </pre>
 *
 * @param labels hits that were compared with a true answer
 * @param wrong those among them that were wrong
 * @param entries what is known of single entries, the one looked at longest ago first
 */
record LabelRecord(long labels, long wrong, List<OfEntry> entries) {

  private static final int MAGIC = 0x4343534C;
  private static final int VERSION = 1;
  private static final int SUM_BYTES = Long.BYTES;
  private static final int LONGEST_KEY = 255;

  /** Longest basis, in characters. */
  static final int LONGEST_BASIS = 10_000;

  /** Labels of one entry. */
  record OfEntry(Key entry, int right, boolean wrong) {}

  /** Makes the list immutable. */
  LabelRecord {
    if (wrong < 0 || wrong > labels) {
      throw new IllegalArgumentException("labels %d, wrong %d".formatted(labels, wrong));
    }
    entries = List.copyOf(entries);
  }

  /** What labels are about: under other settings other hits would be wrong. */
  static String basis(Embedder embedder, SemanticOptions options) {
    var compared = options.comparison();
    return String.join(
        "\n",
        embedder.identity(),
        Double.toString(options.minSimilarity()),
        options.rewordedSimilarity().map(String::valueOf).orElse("never"),
        compared.measure().name(),
        Double.toString(compared.similarity()),
        compared.model());
  }

  /**
   * The record as bytes.
   *
   * @param basis what the labels are about: the embedder and how answers are compared
   */
  byte[] encode(String basis) {
    try {
      var bytes = new ByteArrayOutputStream();
      var data = new DataOutputStream(bytes);
      data.writeInt(MAGIC);
      data.writeByte(VERSION);
      data.writeUTF(basis.substring(0, Math.min(basis.length(), LONGEST_BASIS)));
      data.writeLong(labels);
      data.writeLong(wrong);
      data.writeInt(entries.size());
      for (OfEntry entry : entries) {
        byte[] key = entry.entry().bytes().toArray();
        data.writeByte(key.length);
        data.write(key);
        data.writeInt(entry.right());
        data.writeBoolean(entry.wrong());
      }
      data.writeLong(sum(bytes.toByteArray(), bytes.size()));
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * What {@code bytes} hold; empty if they are damaged, of another version, or about something else
   * than {@code basis}.
   *
   * @param most entries that are taken
   */
  static Optional<LabelRecord> decode(String basis, byte[] bytes, int most) {
    int length = bytes.length - SUM_BYTES;
    if (length < 0) {
      return Optional.empty();
    }
    try {
      long sum = new DataInputStream(new ByteArrayInputStream(bytes, length, SUM_BYTES)).readLong();
      return sum == sum(bytes, length)
          ? read(basis, Arrays.copyOf(bytes, length), most)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private static Optional<LabelRecord> read(String basis, byte[] bytes, int most)
      throws IOException {
    var data = new DataInputStream(new ByteArrayInputStream(bytes));
    boolean known = data.readInt() == MAGIC && data.readByte() == VERSION;
    String about = basis.substring(0, Math.min(basis.length(), LONGEST_BASIS));
    if (!known || !data.readUTF().equals(about)) {
      return Optional.empty();
    }
    long labels = data.readLong();
    long wrong = data.readLong();
    int count = data.readInt();
    if (count < 0 || count > most) {
      return Optional.empty();
    }
    var entries = new ArrayList<OfEntry>();
    for (int i = 0; i < count; i++) {
      var key = new byte[data.readUnsignedByte()];
      data.readFully(key);
      entries.add(new OfEntry(Key.ofDigest(key), data.readInt(), data.readBoolean()));
    }
    return Optional.of(new LabelRecord(labels, wrong, entries));
  }

  /** Whether {@code entry} has a key that can be written. */
  static boolean isWritable(Key entry) {
    return entry.bytes().size() <= LONGEST_KEY;
  }

  private static long sum(byte[] bytes, int length) {
    var sum = new CRC32C();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }
}
