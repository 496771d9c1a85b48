package io.ccrelay.cache;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one entry as {@link EntryFormat} says. Every length is checked against the bytes at hand
 * before it is believed. Confined to one call.
 */
final class EntryReader {

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static final Map.Entry<String, String>[] NO_TEXTS = new Map.Entry[0];

  private final byte[] array;
  private final ByteBuffer buffer;
  private Fields fields = Fields.none();
  private List<String> tags = List.of();
  private Map<String, String> attributes = Map.of();
  private @Nullable Instant askedAt;

  private EntryReader(byte[] array, int offset, int headLength) {
    this.array = array;
    this.buffer = ByteBuffer.wrap(array, offset, headLength);
  }

  /** The entry in {@code bytes}, which lent the other arguments; null if there is none. */
  static @Nullable Entry read(Bytes bytes, byte[] array, int offset, int size) {
    if (size < EntryFormat.FIXED + EntryFormat.CHECKSUM) {
      return null;
    }
    var preamble = ByteBuffer.wrap(array, offset, size);
    boolean known =
        preamble.get() == EntryFormat.MAGIC_0
            && preamble.get() == EntryFormat.MAGIC_1
            && preamble.get() == EntryFormat.VERSION;
    if (!known) {
      return null;
    }
    var form = EntryFormat.form(preamble.get());
    int headLength = preamble.getInt();
    int bodyLength = preamble.getInt();
    if (form == null || !isWhole(array, offset, size, headLength, bodyLength)) {
      return null;
    }
    return new EntryReader(array, offset, headLength - EntryFormat.CHECKSUM)
        .entry(form, bytes.slice(headLength, size));
  }

  private static boolean isWhole(byte[] array, int offset, int size, int head, int body) {
    int signed = head - EntryFormat.CHECKSUM;
    return signed >= EntryFormat.FIXED
        && body >= 0
        && (long) head + body == size
        && ByteBuffer.wrap(array).getInt(offset + signed)
            == EntryFormat.checksum(array, offset, signed);
  }

  private @Nullable Entry entry(Entry.Form form, Bytes body) {
    try {
      buffer.position(buffer.position() + EntryFormat.PREAMBLE);
      int status = buffer.getInt();
      Instant storedAt = instant();
      Duration freshFor = duration();
      Duration staleFor = duration();
      var usage = new Usage(buffer.getLong(), buffer.getLong());
      sections();
      return new Entry(
          status,
          form,
          storedAt,
          freshFor,
          staleFor,
          fields,
          tags,
          attributes,
          usage,
          body,
          askedAt == null ? storedAt : askedAt);
    } catch (BufferUnderflowException
        | DateTimeException
        | ArithmeticException
        | IllegalArgumentException damaged) {
      return null;
    }
  }

  private Instant instant() {
    return Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
  }

  private Duration duration() {
    return Duration.ofSeconds(buffer.getLong(), buffer.getInt());
  }

  private void sections() {
    int end = buffer.limit();
    while (buffer.hasRemaining()) {
      byte kind = buffer.get();
      int length = atMostRemaining(varint());
      int sectionEnd = buffer.position() + length;
      buffer.limit(sectionEnd);
      switch (kind) {
        case EntryFormat.FIELDS -> fields = fields();
        case EntryFormat.TAGS -> tags = tags();
        case EntryFormat.ATTRIBUTES -> attributes = attributes();
        case EntryFormat.ASKED -> askedAt = instant();
        default -> buffer.position(sectionEnd);
      }
      buffer.limit(end);
    }
  }

  private Fields fields() {
    var lines = new ArrayList<Field>(16);
    while (buffer.hasRemaining()) {
      lines.add(new Field(text(), text()));
    }
    return Fields.of(lines);
  }

  private List<String> tags() {
    var texts = new ArrayList<String>(4);
    while (buffer.hasRemaining()) {
      texts.add(text());
    }
    return texts;
  }

  private Map<String, String> attributes() {
    var texts = new ArrayList<Map.Entry<String, String>>(8);
    while (buffer.hasRemaining()) {
      texts.add(Map.entry(text(), text()));
    }
    return Map.ofEntries(texts.toArray(NO_TEXTS));
  }

  private String text() {
    int code = varint();
    if ((code & 1) == EntryFormat.KNOWN_NAME) {
      return KnownNames.name(code >>> 1);
    }
    int length = atMostRemaining(code >>> 1);
    int start = buffer.position();
    buffer.position(start + length);
    return new String(array, start, length, StandardCharsets.UTF_8);
  }

  private int varint() {
    int number = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      byte next = buffer.get();
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new BufferUnderflowException();
  }

  private int atMostRemaining(int number) {
    if (number < 0 || number > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    return number;
  }
}
