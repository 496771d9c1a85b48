package io.ccrelay.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An HTTP/1 client that sends bytes as they are given and reads answers plainly. */
public final class RawClient implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  /**
   * An answer.
   *
   * @param status status code
   * @param fields by lower-case name
   * @param body as Latin-1
   */
  public record Answer(int status, Map<String, String> fields, String body) {}

  public RawClient(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  public RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    in = socket.getInputStream();
  }

  /** A POST of {@code json} over HTTP/1.1, as text; {@code lines} are further fields. */
  public static String post(String target, String json, String... lines) {
    return "POST "
        + target
        + " HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\nContent-Length: "
        + json.length()
        + "\r\n"
        + String.join("", java.util.Arrays.stream(lines).map(line -> line + "\r\n").toList())
        + "\r\n"
        + json;
  }

  /** Reads until {@code text} has come; everything read, as Latin-1. */
  public String readUntil(String text) throws IOException {
    var read = new StringBuilder();
    while (read.length() < text.length()
        || read.lastIndexOf(text) != read.length() - text.length()) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("ended before " + text + ": " + read);
      }
      read.append((char) b);
    }
    return read.toString();
  }

  /** Up to {@code bytes} bytes of what comes first, at least one unless 0, as Latin-1. */
  public String readAtMost(int bytes) throws IOException {
    byte[] read = new byte[bytes];
    int length = in.read(read);
    return new String(read, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
  }

  /** Reads {@code bytes} and forgets them. */
  public void skip(int bytes) throws IOException {
    in.skipNBytes(bytes);
  }

  /** Reads to the end of the connection, in whatever way it ends. */
  public String readToEnd() throws IOException {
    var read = new StringBuilder();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        read.append((char) b);
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      return read.toString();
    }
    return read.toString();
  }

  public RawClient send(String latin1) throws IOException {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** The next answer; empty when the connection ends before one begins. */
  public Optional<Answer> answer() throws IOException {
    String head = head();
    if (head.isEmpty()) {
      return Optional.empty();
    }
    String[] lines = head.split("\r\n");
    var fields = new HashMap<String, String>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      fields.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).trim());
    }
    int status = Integer.parseInt(lines[0].substring(9, 12));
    int length = Integer.parseInt(fields.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    return Optional.of(new Answer(status, fields, new String(body, StandardCharsets.ISO_8859_1)));
  }

  private String head() throws IOException {
    var head = new ByteArrayOutputStream();
    try {
      int last = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        head.write(b);
        last = last << 8 | b;
        if (last == 0x0d0a0d0a) {
          return head.toString(StandardCharsets.ISO_8859_1);
        }
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return ""; // reset: an end as well
    }
    return "";
  }

  /** Whether the server ends the connection within {@code limit}; what it sends is skipped. */
  public boolean endsWithin(Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (System.nanoTime() < end) {
        socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
        if (in.read() < 0) {
          return true;
        }
      }
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Ends our direction only. */
  public void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes with a reset instead of an orderly end. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
