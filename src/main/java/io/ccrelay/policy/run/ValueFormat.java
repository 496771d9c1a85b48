package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Usage;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.DateTimeOffset;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.TimeSpan;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Typed values as bytes: a version, the time of storing in milliseconds, a letter for the type, the
 * value. Bytes of another kind are no value.
 */
final class ValueFormat {

  private static final byte VERSION = 1;
  private static final int HEAD = 1 + 8 + 1;

  /** A value as it was stored. */
  record Stored(@Nullable Object value, Instant storedAt) {

    Duration age(Instant now) {
      return Duration.between(storedAt, now);
    }
  }

  private ValueFormat() {}

  /** The bytes of {@code value}; empty for types that cannot be stored. */
  static Optional<Bytes> encode(Object value, Instant now) {
    var sink = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(sink)) {
      out.writeByte(VERSION);
      out.writeLong(now.toEpochMilli());
      return write(value, now, out)
          ? Optional.of(Bytes.owned(sink.toByteArray()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean write(Object value, Instant now, DataOutputStream out) throws IOException {
    switch (value) {
      case Boolean flag -> letter('?', out).writeBoolean(flag);
      case Integer number -> letter('i', out).writeInt(number);
      case Long number -> letter('l', out).writeLong(number);
      case Double number -> letter('d', out).writeDouble(number);
      case BigDecimal number -> letter('m', out).write(Bytes.utf8(number.toString()).toArray());
      case Character character -> letter('c', out).writeChar(character);
      case String text -> letter('s', out).write(Bytes.utf8(text).toArray());
      case byte[] bytes -> letter('b', out).write(bytes);
      case UUID id -> {
        letter('g', out).writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
      }
      case DateTime time -> letter('t', out).writeByte(code(time.kind()));
      case DateTimeOffset time -> letter('o', out).writeInt(time.offsetMinutes());
      case TimeSpan span -> letter('n', out).writeLong(span.ticks());
      case JToken token -> letter('j', out).write(Bytes.utf8(token.toJson(false)).toArray());
      case Response response -> letter('r', out).write(snapshot(response, now).toArray());
      default -> {
        return false;
      }
    }
    switch (value) {
      case DateTime time -> out.writeLong(time.ticks());
      case DateTimeOffset time -> out.writeLong(time.clock().ticks());
      default -> {}
    }
    return true;
  }

  private static DataOutputStream letter(char type, DataOutputStream out) throws IOException {
    out.writeByte(type);
    return out;
  }

  /** The value in {@code bytes}. */
  static Optional<Stored> decode(Bytes bytes) {
    if (bytes.size() < HEAD || bytes.at(0) != VERSION) {
      return Optional.empty();
    }
    try {
      ByteBuffer head = bytes.asByteBuffer();
      Instant storedAt = Instant.ofEpochMilli(head.getLong(1));
      Object value = read((char) bytes.at(9), bytes.slice(HEAD, bytes.size()));
      return Optional.of(new Stored(value, storedAt));
    } catch (RuntimeException broken) {
      return Optional.empty();
    }
  }

  private static Object read(char type, Bytes bytes) {
    ByteBuffer in = bytes.asByteBuffer();
    return switch (type) {
      case '?' -> in.get() != 0;
      case 'i' -> in.getInt();
      case 'l' -> in.getLong();
      case 'd' -> in.getDouble();
      case 'm' -> new BigDecimal(bytes.toUtf8());
      case 'c' -> in.getChar();
      case 's' -> bytes.toUtf8();
      case 'b' -> bytes.toArray();
      case 'g' -> new UUID(in.getLong(), in.getLong());
      case 't' -> {
        var kind = kind(in.get());
        yield new DateTime(in.getLong(), kind);
      }
      case 'o' -> {
        int minutes = in.getInt();
        yield new DateTimeOffset(new DateTime(in.getLong(), DateTime.Kind.UNSPECIFIED), minutes);
      }
      case 'n' -> new TimeSpan(in.getLong());
      case 'j' -> JToken.parse(bytes.toUtf8());
      case 'r' -> response(EntryFormat.decode(bytes).orElseThrow());
      default -> throw new IllegalArgumentException("type " + type);
    };
  }

  /** A response as an entry of the store. */
  static Bytes snapshot(Response response, Instant now) {
    return EntryFormat.encode(entry(response, now, Duration.ZERO));
  }

  static Entry entry(Response response, Instant now, Duration ttl) {
    return new Entry(
        response.statusCode(),
        Entry.Form.OPAQUE,
        now,
        ttl,
        Duration.ZERO,
        response.headers(),
        List.of(),
        response.statusReason().isEmpty() ? Map.of() : Map.of("reason", response.statusReason()),
        Usage.NONE,
        response.held());
  }

  static Response response(Entry entry) {
    Response response = Response.whole(entry.status(), entry.fields(), entry.body());
    response.status(entry.status(), entry.attributes().getOrDefault("reason", ""));
    return response;
  }

  private static int code(DateTime.Kind kind) {
    return switch (kind) {
      case UNSPECIFIED -> 0;
      case UTC -> 1;
      case LOCAL -> 2;
    };
  }

  private static DateTime.Kind kind(int code) {
    return switch (code) {
      case 1 -> DateTime.Kind.UTC;
      case 2 -> DateTime.Kind.LOCAL;
      default -> DateTime.Kind.UNSPECIFIED;
    };
  }
}
