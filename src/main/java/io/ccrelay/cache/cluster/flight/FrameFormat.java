package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a {@link Frame}: version (1), kind (1), and the members in their order. Numbers are
 * big-endian, texts and bytes stand behind their length (4), which is checked before it is
 * believed. Safe for use from any context.
 */
final class FrameFormat {

  static final byte VERSION = 1;

  private static final int PREAMBLE = 2;

  private FrameFormat() {}

  static Buffer encode(Frame frame) {
    Buffer out = Buffer.buffer(64).appendByte(VERSION);
    switch (frame) {
      case Frame.Claim(Key key, boolean force) ->
          key(out.appendByte((byte) 1).appendByte((byte) (force ? 1 : 0)), key);
      case Frame.Granted _ -> out.appendByte((byte) 2);
      case Frame.Taken(String member) -> text(out.appendByte((byte) 3), member);
      case Frame.Renew(List<Key> keys) -> {
        out.appendByte((byte) 4).appendInt(keys.size());
        keys.forEach(key -> key(out, key));
      }
      case Frame.Release(Key key) -> key(out.appendByte((byte) 5), key);
      case Frame.Subscribe(Key key, long stream, int window) ->
          key(out.appendByte((byte) 6).appendLong(stream).appendInt(window), key);
      case Frame.Accepted _ -> out.appendByte((byte) 7);
      case Frame.Refused _ -> out.appendByte((byte) 8);
      case Frame.Credit(long stream, int bytes) ->
          out.appendByte((byte) 9).appendLong(stream).appendInt(bytes);
      case Frame.Leave(long stream) -> out.appendByte((byte) 10).appendLong(stream);
      case Frame.News(long stream, int number, Frame.Event event) ->
          event(out.appendByte((byte) 11).appendLong(stream).appendInt(number), event);
    }
    return out;
  }

  private static void event(Buffer out, Frame.Event event) {
    switch (event) {
      case Frame.Head(int status, Fields fields) -> {
        out.appendByte((byte) 1).appendInt(status).appendInt(fields.lines().size());
        for (Field line : fields) {
          text(out, line.name());
          text(out, line.value());
        }
      }
      case Frame.Chunk(Bytes bytes) -> bytes(out.appendByte((byte) 2), bytes);
      case Frame.Part(Bytes bytes) -> bytes(out.appendByte((byte) 3), bytes);
      case Frame.Complete(int size) -> out.appendByte((byte) 4).appendInt(size);
      case Frame.Alone(String token) -> text(out.appendByte((byte) 5), token);
      case Frame.Leaderless(String token) -> text(out.appendByte((byte) 6), token);
      case Frame.Beat _ -> out.appendByte((byte) 7);
    }
  }

  private static void key(Buffer out, Key key) {
    bytes(out, key.bytes());
  }

  private static void text(Buffer out, String text) {
    bytes(out, Bytes.owned(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void bytes(Buffer out, Bytes bytes) {
    out.appendInt(bytes.size());
    var _ = bytes.lend((array, offset, length) -> out.appendBytes(array, offset, length));
  }

  /** What {@link #encode} was given; empty if the bytes are damaged or of another version. */
  static Optional<Frame> decode(Buffer bytes) {
    if (bytes.length() < PREAMBLE || bytes.getByte(0) != VERSION) {
      return Optional.empty();
    }
    try {
      var in = new In(bytes, PREAMBLE);
      Frame frame = frame(bytes.getByte(1), in);
      return in.isAtEnd() ? Optional.of(frame) : Optional.empty();
    } catch (IndexOutOfBoundsException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private static Frame frame(byte kind, In in) {
    return switch (kind) {
      case 1 -> {
        boolean force = in.octet() == 1;
        yield new Frame.Claim(in.key(), force);
      }
      case 2 -> new Frame.Granted();
      case 3 -> new Frame.Taken(in.text());
      case 4 -> new Frame.Renew(in.keys());
      case 5 -> new Frame.Release(in.key());
      case 6 -> {
        long stream = in.number();
        int window = in.count();
        yield new Frame.Subscribe(in.key(), stream, window);
      }
      case 7 -> new Frame.Accepted();
      case 8 -> new Frame.Refused();
      case 9 -> new Frame.Credit(in.number(), in.count());
      case 10 -> new Frame.Leave(in.number());
      case 11 -> new Frame.News(in.number(), in.count(), event(in));
      default -> throw new IllegalArgumentException("kind: " + kind);
    };
  }

  private static Frame.Event event(In in) {
    byte kind = in.octet();
    return switch (kind) {
      case 1 -> new Frame.Head(in.count(), in.fields());
      case 2 -> new Frame.Chunk(in.bytes());
      case 3 -> new Frame.Part(in.bytes());
      case 4 -> new Frame.Complete(in.count());
      case 5 -> new Frame.Alone(in.text());
      case 6 -> new Frame.Leaderless(in.text());
      case 7 -> new Frame.Beat();
      default -> throw new IllegalArgumentException("event: " + kind);
    };
  }

  /** Reads on from a position. Confined to one call. */
  private static final class In {

    private final Buffer bytes;
    private int at;

    In(Buffer bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    boolean isAtEnd() {
      return at == bytes.length();
    }

    byte octet() {
      return bytes.getByte(at++);
    }

    long number() {
      long number = bytes.getLong(at);
      at += Long.BYTES;
      return number;
    }

    int count() {
      int count = bytes.getInt(at);
      at += Integer.BYTES;
      if (count < 0) {
        throw new IllegalArgumentException("negative: " + count);
      }
      return count;
    }

    Bytes bytes() {
      int length = count();
      if (length > bytes.length() - at) {
        throw new IndexOutOfBoundsException(length);
      }
      at += length;
      return Bytes.owned(bytes.getBytes(at - length, at));
    }

    String text() {
      return bytes().toUtf8();
    }

    Key key() {
      return Key.ofDigest(bytes().toArray());
    }

    List<Key> keys() {
      int count = count();
      var keys = new ArrayList<Key>();
      for (int i = 0; i < count; i++) {
        keys.add(key());
      }
      return keys;
    }

    Fields fields() {
      int count = count();
      var lines = new ArrayList<Field>();
      for (int i = 0; i < count; i++) {
        lines.add(new Field(text(), text()));
      }
      return Fields.of(lines);
    }
  }
}
