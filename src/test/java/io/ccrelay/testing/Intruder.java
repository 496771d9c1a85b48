package io.ccrelay.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends a port of a node what no member and no client sends. */
public final class Intruder {

  private static final int PATIENCE_MILLIS = 300;

  private Intruder() {}

  /** An object whose reading by Java serialisation is noticed. */
  public static final class Gadget implements Serializable {

    private static final long serialVersionUID = 1;

    /** How often one was read in this process. */
    public static final AtomicInteger READ = new AtomicInteger();

    private final String name = "gadget";

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      var _ = READ.incrementAndGet();
      System.err.println("a gadget was read");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A {@link Gadget} as Java serialisation writes it. */
  public static byte[] gadget() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Gadget());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Bytes of no kind, the same each time. */
  public static byte[] garbage(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  /** A length in front of nothing. */
  public static byte[] length(int length) {
    return bytes(out -> out.writeInt(length));
  }

  /** How a member that JGroups accepts introduces itself, then a length in front of nothing. */
  public static byte[] introducedLength(int length) {
    return bytes(out -> {
      out.write(new byte[] {'b', 'e', 'l', 'a'});
      out.writeShort(org.jgroups.Version.version);
      var address =
          new org.jgroups.stack.IpAddress(InetAddress.getLoopbackAddress(), 1 + length & 0x3fff);
      out.writeShort(address.serializedSize());
      address.writeTo(out);
      out.writeInt(length);
    });
  }

  /** A request of Hot Rod 3.1 to store, whose key is announced with the length 0x7fffffff. */
  public static byte[] longHotRodKey(String map) {
    return bytes(out -> {
      out.write(hotRodPut(map));
      out.write(new byte[] {-1, -1, -1, -1, 7});
    });
  }

  private static byte[] hotRodPut(String map) {
    return bytes(out -> {
      out.write(new byte[] {(byte) 0xA0, 1, 31, 0x01, (byte) map.length()});
      out.write(map.getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[] {0, 1, 0, 0, 0});
    });
  }

  /** A message of the event bus of Vert.x to {@code address}, as bytes of a frame. */
  public static byte[] busFrame(String address, String from, byte[] body) {
    byte[] message =
        bytes(out -> {
          out.write(new byte[] {2, 11, 0});
          text(out, address);
          out.writeInt(0);
          text(out, "nobody");
          byte[] headers =
              bytes(list -> {
                list.writeInt(1);
                text(list, "from");
                text(list, from);
              });
          out.writeInt(headers.length + Integer.BYTES);
          out.write(headers);
          out.writeInt(body.length);
          out.write(body);
        });
    return bytes(out -> {
      out.writeInt(message.length);
      out.write(message);
    });
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Sends {@code content}, and then garbage of {@code more} bytes, to {@code port}.
   *
   * @return whether the other side closed the connection
   */
  public static boolean send(int port, byte[] content, long more) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(content);
      byte[] piece = garbage(1 << 16);
      for (long sent = 0; sent < more; sent += piece.length) {
        out.write(piece);
      }
      out.flush();
      var _ = socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (IOException closed) {
      return true;
    }
  }
}
