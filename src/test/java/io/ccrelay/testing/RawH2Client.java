package io.ccrelay.testing;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.EmptyHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** An HTTP/2 client that writes frames and field blocks as they are given, valid or not. */
public final class RawH2Client implements AutoCloseable {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int PRIORITY = 32;

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder fields = new DefaultHttp2HeadersDecoder(false);
  private Http2Headers read = EmptyHttp2Headers.INSTANCE;

  /** What became of a stream. */
  public sealed interface Outcome {
    /** An answer began. */
    record Answered(int status) implements Outcome {}

    /** The stream was reset. */
    record Reset(long code) implements Outcome {}

    /** The connection is given up. */
    record GoneAway(long code) implements Outcome {}

    /** The connection ended without a word. */
    record Closed() implements Outcome {}
  }

  public RawH2Client(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  public RawH2Client(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    in = new DataInputStream(socket.getInputStream());
    write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** A GET or POST whose pseudo fields are in order, with {@code more} fields behind them. */
  public RawH2Client request(int stream, boolean end, String method, String path, String... more)
      throws IOException {
    var all = new String[8 + more.length];
    String[] pseudo = {":method", method, ":scheme", "http", ":authority", "a", ":path", path};
    System.arraycopy(pseudo, 0, all, 0, 8);
    System.arraycopy(more, 0, all, 8, more.length);
    return headers(stream, end, all);
  }

  /** A field block of alternating names and values, Latin-1, in the order given. */
  public RawH2Client headers(int stream, boolean end, String... namesAndValues) throws IOException {
    var block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      literal(block, namesAndValues[i]);
      literal(block, namesAndValues[i + 1]);
    }
    frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block.toByteArray());
    return this;
  }

  public RawH2Client data(int stream, boolean end, byte[] bytes) throws IOException {
    frame(DATA, end ? END_STREAM : 0, stream, bytes);
    return this;
  }

  /** Any frame; {@code payload} in hexadecimal. */
  public RawH2Client frame(int type, int flags, int stream, String payload) throws IOException {
    frame(type, flags, stream, HexFormat.of().parseHex(payload));
    return this;
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      for (; rest >= 128; rest >>= 7) {
        block.write(rest & 127 | 128);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    var frame = new ByteArrayOutputStream();
    int length = payload.length;
    frame.writeBytes(new byte[] {(byte) (length >> 16), (byte) (length >> 8), (byte) length});
    frame.writeBytes(new byte[] {(byte) type, (byte) flags});
    frame.writeBytes(new byte[] {(byte) (stream >> 24), (byte) (stream >> 16)});
    frame.writeBytes(new byte[] {(byte) (stream >> 8), (byte) stream});
    frame.writeBytes(payload);
    write(frame.toByteArray());
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The first value of {@code name}, in lower case, in the fields read last; else empty. */
  public String field(String name) {
    CharSequence value = read.get(name);
    return value == null ? "" : value.toString();
  }

  /** The first thing that happens to {@code stream}; frames of others are skipped. */
  public Outcome outcome(int stream) throws Exception {
    try {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int id = in.readInt();
        byte[] payload = in.readNBytes(length);
        if (type == SETTINGS && (flags & ACK) == 0) {
          frame(SETTINGS, ACK, 0, new byte[0]);
        } else if (type == GOAWAY) {
          return new Outcome.GoneAway(Unpooled.wrappedBuffer(payload).getUnsignedInt(4));
        } else if (type == RST_STREAM && id == stream) {
          return new Outcome.Reset(Unpooled.wrappedBuffer(payload).getUnsignedInt(0));
        } else if (type == HEADERS && id == stream) {
          return answered(id, flags, payload);
        } else if (type == HEADERS) {
          answered(id, flags, payload);
        }
      }
    } catch (EOFException | SocketException e) {
      return new Outcome.Closed();
    }
  }

  private Outcome.Answered answered(int stream, int flags, byte[] payload) throws Exception {
    int priority = (flags & PRIORITY) == 0 ? 0 : 5;
    var block = Unpooled.wrappedBuffer(payload, priority, payload.length - priority);
    var decoded = fields.decodeHeaders(stream, block);
    read = decoded;
    return new Outcome.Answered(Integer.parseInt(decoded.status().toString()));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
