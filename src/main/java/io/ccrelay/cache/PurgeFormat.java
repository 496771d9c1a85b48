package io.ccrelay.cache;

import io.ccrelay.cache.PurgeSelector.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bytes of a {@link PurgeLedger}, as nodes keep and exchange it. Safe for use from any context.
 *
 * <pre>
 *   3  'C' 'P' version
 *   4  number of records
 *   *  records: kind (1), generation (8), length (2), value
 *   4  CRC-32C of the bytes up to here (RFC 3720 appendix B.4)
 * </pre>
 *
 * <p>Numbers are big-endian. Every length is checked before it is believed.
 */
public final class PurgeFormat {

  /** Where a store keeps the ledger: no key of an entry, which has a digest. */
  public static final Key LEDGER = Key.of("\0cc-relay/purges");

  private static final byte VERSION = 1;
  private static final int PREAMBLE = 3 + Integer.BYTES;
  private static final int RECORD = 1 + Long.BYTES + Short.BYTES;

  private PurgeFormat() {}

  /** The bytes of {@code ledger}. */
  public static Bytes encode(PurgeLedger ledger) {
    var records = ledger.records();
    var values =
        records.stream()
            .map(one -> one.selector().value().getBytes(StandardCharsets.UTF_8))
            .toList();
    int size =
        PREAMBLE + values.stream().mapToInt(value -> RECORD + value.length).sum() + Integer.BYTES;
    var buffer = ByteBuffer.allocate(size);
    buffer.put((byte) 'C').put((byte) 'P').put(VERSION).putInt(records.size());
    for (int i = 0; i < records.size(); i++) {
      PurgeRecord one = records.get(i);
      byte[] value = values.get(i);
      buffer.put(one.selector().kind().code()).putLong(one.generation());
      buffer.putShort((short) value.length).put(value);
    }
    buffer.putInt(EntryFormat.checksum(buffer.array(), 0, buffer.position()));
    return Bytes.owned(buffer.array());
  }

  /** What {@link #encode} was given; empty if the bytes are damaged or of another version. */
  public static Optional<PurgeLedger> decode(Bytes bytes) {
    byte[] array = bytes.toArray();
    int signed = array.length - Integer.BYTES;
    if (signed < PREAMBLE
        || ByteBuffer.wrap(array).getInt(signed) != EntryFormat.checksum(array, 0, signed)) {
      return Optional.empty();
    }
    try {
      return records(ByteBuffer.wrap(array, 0, signed));
    } catch (BufferUnderflowException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private static Optional<PurgeLedger> records(ByteBuffer buffer) {
    if (buffer.get() != 'C' || buffer.get() != 'P' || buffer.get() != VERSION) {
      return Optional.empty();
    }
    int count = buffer.getInt();
    var records = new ArrayList<PurgeRecord>();
    for (int i = 0; i < count; i++) {
      records.add(record(buffer));
    }
    return buffer.hasRemaining() || count < 0
        ? Optional.empty()
        : Optional.of(PurgeLedger.of(records));
  }

  private static PurgeRecord record(ByteBuffer buffer) {
    Kind kind = kind(buffer.get());
    long generation = buffer.getLong();
    var value = new byte[Short.toUnsignedInt(buffer.getShort())];
    buffer.get(value);
    return new PurgeRecord(
        new PurgeSelector(kind, new String(value, StandardCharsets.UTF_8)), generation);
  }

  private static Kind kind(byte code) {
    return Stream.of(Kind.values())
        .filter(kind -> kind.code() == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("kind: " + code));
  }
}
