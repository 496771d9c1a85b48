package io.ccrelay.cache;

import io.ccrelay.http.Field;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Writes one entry as {@link EntryFormat} says. Confined to one call. */
final class EntryWriter {

  private static final int LARGEST_VARINT = 5;

  private byte[] head = new byte[512];
  private int end = EntryFormat.FIXED;

  private EntryWriter() {}

  static Bytes write(Entry entry) {
    var writer = new EntryWriter();
    writer.section(EntryFormat.FIELDS, () -> writer.fields(entry));
    writer.section(EntryFormat.TAGS, () -> entry.tags().forEach(writer::text));
    writer.section(EntryFormat.ATTRIBUTES, () -> writer.attributes(entry));
    writer.section(EntryFormat.ASKED, () -> writer.asked(entry));
    return writer.seal(entry);
  }

  private void fields(Entry entry) {
    for (Field line : entry.fields()) {
      name(line.name());
      text(line.value());
    }
  }

  private void attributes(Entry entry) {
    entry
        .attributes()
        .forEach((name, value) -> {
          text(name);
          text(value);
        });
  }

  private void asked(Entry entry) {
    if (!entry.askedAt().equals(entry.storedAt())) {
      room(Long.BYTES + Integer.BYTES);
      instant(ByteBuffer.wrap(head).position(end), entry.askedAt());
      end += Long.BYTES + Integer.BYTES;
    }
  }

  /** Writes {@code content} behind its kind and length; nothing at all if it is empty. */
  private void section(byte kind, Runnable content) {
    int start = end;
    content.run();
    int length = end - start;
    if (length == 0) {
      return;
    }
    int prefix = 1 + sizeOfVarint(length);
    room(prefix);
    System.arraycopy(head, start, head, start + prefix, length);
    end = start;
    head[end++] = kind;
    varint(length);
    end += length;
  }

  private void name(String name) {
    Integer number = KnownNames.numberOf(name);
    if (number == null) {
      text(name);
    } else {
      room(LARGEST_VARINT);
      varint(number << 1 | EntryFormat.KNOWN_NAME);
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(LARGEST_VARINT + utf8.length);
    varint(utf8.length << 1);
    System.arraycopy(utf8, 0, head, end, utf8.length);
    end += utf8.length;
  }

  private void varint(int number) {
    int rest = number;
    while ((rest & ~0x7f) != 0) {
      head[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    head[end++] = (byte) rest;
  }

  private static int sizeOfVarint(int number) {
    return number == 0 ? 1 : (Integer.SIZE - Integer.numberOfLeadingZeros(number) + 6) / 7;
  }

  private void room(int more) {
    if (head.length - end < more) {
      head = Arrays.copyOf(head, Math.max(head.length * 2, end + more));
    }
  }

  private Bytes seal(Entry entry) {
    int headLength = Math.addExact(end, EntryFormat.CHECKSUM);
    byte[] whole = Arrays.copyOf(head, Math.addExact(headLength, entry.body().size()));
    var buffer = ByteBuffer.wrap(whole);
    preamble(buffer, entry, headLength);
    buffer.putInt(entry.status());
    instant(buffer, entry.storedAt());
    duration(buffer, entry.freshFor());
    duration(buffer, entry.staleFor());
    buffer.putLong(entry.usage().inputTokens()).putLong(entry.usage().outputTokens());
    buffer.putInt(end, EntryFormat.checksum(whole, 0, end));
    buffer.position(headLength);
    return entry
        .body()
        .lend((array, offset, size) -> {
          buffer.put(array, offset, size);
          return Bytes.owned(whole);
        });
  }

  private static void preamble(ByteBuffer buffer, Entry entry, int headLength) {
    buffer.put(EntryFormat.MAGIC_0).put(EntryFormat.MAGIC_1).put(EntryFormat.VERSION);
    buffer.put(EntryFormat.code(entry.form())).putInt(headLength).putInt(entry.body().size());
  }

  private static void instant(ByteBuffer buffer, Instant instant) {
    buffer.putLong(instant.getEpochSecond()).putInt(instant.getNano());
  }

  private static void duration(ByteBuffer buffer, Duration duration) {
    buffer.putLong(duration.getSeconds()).putInt(duration.getNano());
  }
}
