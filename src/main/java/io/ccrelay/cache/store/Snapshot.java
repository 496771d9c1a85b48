package io.ccrelay.cache.store;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.PurgeFormat;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * What a store held at some time, in a file. Confined to one thread at a time; waits for the disk.
 *
 * <pre>
 *   4  'C' 'C' 'R' 'S'
 *   1  version
 *   *  records: length of the key (4, never 0), length of the value (4), key, value
 *   4  0
 *   8  CRC-32C of all before (RFC 3720 appendix B.4)
 * </pre>
 *
 * <p>A file is written beside the old one and takes its place when it is whole; one that is damaged
 * is read as none. It holds entries and the list of purges, so that what was purged stays void.
 */
public final class Snapshot {

  private static final int MAGIC = 0x43435253;
  private static final int VERSION = 1;
  private static final int LONGEST_KEY = 1024;
  private static final int COPY = 64 << 10;

  private final Path file;
  private final long mostBytes;

  /**
   * A snapshot in {@code file}.
   *
   * @param mostBytes of keys and values; what is beyond is left out
   */
  public Snapshot(Path file, long mostBytes) {
    this.file = file;
    this.mostBytes = mostBytes;
  }

  /** Is given a value that was read. */
  @FunctionalInterface
  public interface Restore {
    /** Stores {@code value} for {@code ttl}, zero for no expiry. */
    void put(Key key, Bytes value, Duration ttl);
  }

  /**
   * Writes what {@code held} has.
   *
   * @return how many values
   */
  public int write(Iterable<Map.Entry<Key, Bytes>> held) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    PrivateFiles.create(draft);
    int count;
    try (var out = new FileOutputStream(draft.toFile())) {
      var checked = new CheckedOutputStream(new BufferedOutputStream(out, COPY), new CRC32C());
      var data = new DataOutputStream(checked);
      count = records(data, held);
      data.writeLong(checked.getChecksum().getValue());
      data.flush();
      out.getFD().sync();
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return count;
  }

  private int records(DataOutputStream data, Iterable<Map.Entry<Key, Bytes>> held)
      throws IOException {
    data.writeInt(MAGIC);
    data.writeByte(VERSION);
    int count = 0;
    long written = 0;
    for (var one : held) {
      byte[] key = one.getKey().bytes().toArray();
      byte[] value = one.getValue().toArray();
      written += key.length + (long) value.length;
      if (written > mostBytes) {
        break;
      }
      if (key.length > 0 && key.length <= LONGEST_KEY) {
        data.writeInt(key.length);
        data.writeInt(value.length);
        data.write(key);
        data.write(value);
        count++;
      }
    }
    data.writeInt(0);
    return count;
  }

  /**
   * Gives what the file has, and has not expired {@code now}, to {@code restore}; nothing if there
   * is no file.
   *
   * @return how many values
   * @throws IOException if the file is damaged; {@code restore} was not called
   */
  public int read(Instant now, Restore restore) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    var none = new int[1];
    walk((_, _) -> none[0]++);
    var restored = new int[1];
    walk((key, value) ->
        remaining(key, value, now)
            .ifPresent(ttl -> {
              restore.put(key, value, ttl);
              restored[0]++;
            }));
    return restored[0];
  }

  private static Optional<Duration> remaining(Key key, Bytes value, Instant now) {
    if (key.equals(PurgeFormat.LEDGER)) {
      return Optional.of(Duration.ZERO);
    }
    return EntryFormat.decode(value)
        .map((Entry entry) -> entry.retention().minus(entry.age(now)))
        .filter(Duration::isPositive);
  }

  /** Uses a record. */
  private interface Use {
    void record(Key key, Bytes value);
  }

  private void walk(Use use) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      var checked = new CheckedInputStream(new BufferedInputStream(in, COPY), new CRC32C());
      var data = new DataInputStream(checked);
      if (data.readInt() != MAGIC || data.readByte() != VERSION) {
        throw new IOException("it is of another kind or version");
      }
      long left = Files.size(file);
      for (int length = data.readInt(); length != 0; length = data.readInt()) {
        int size = data.readInt();
        left -= (long) length + size;
        if (length < 0 || length > LONGEST_KEY || size < 0 || left < 0) {
          throw new IOException("it is damaged");
        }
        byte[] key = data.readNBytes(length);
        byte[] value = data.readNBytes(size);
        if (value.length != size) {
          throw new EOFException("it is cut off");
        }
        use.record(Key.ofDigest(key), Bytes.owned(value));
      }
      long sum = checked.getChecksum().getValue();
      if (data.readLong() != sum) {
        throw new IOException("its checksum is wrong");
      }
    }
  }
}
