package io.ccrelay.proxy.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A backend whose one connection the test itself reads and writes, step by step. */
final class ExpectedBackend implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private Socket socket;

  ExpectedBackend() throws IOException {
    server.setSoTimeout(10_000);
  }

  String origin() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Accepts, and reads to the empty line. */
  String readHead() throws IOException {
    socket = server.accept();
    socket.setSoTimeout(10_000);
    InputStream in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.toString();
  }

  String read(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (socket != null) {
      socket.close();
    }
  }
}
