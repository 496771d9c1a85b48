package io.ccrelay.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on 127.0.0.1 that answers byte by byte as a script says, for what well-behaved servers
 * do not send. One thread accepts, one serves each connection.
 */
public final class RawServer implements AutoCloseable {

  /** What a connection does with a request that was read wholly. */
  @FunctionalInterface
  public interface Script {
    /** Answers request number {@code count}, from 0 over all connections. */
    void answer(Exchange exchange, int count) throws IOException;
  }

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private volatile Script script;

  private RawServer(Script script) {
    this.script = script;
    try {
      server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** A server that follows {@code script}. */
  public static RawServer following(Script script) {
    return new RawServer(script);
  }

  /** Follows another script from the next request on. */
  public void follow(Script next) {
    script = next;
  }

  /** {@code http://127.0.0.1:port}. */
  public String origin() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Requests read so far. */
  public int requests() {
    return requests.get();
  }

  /** Connections accepted so far. */
  public int connections() {
    return connections.get();
  }

  /** Connections that the peer closed so far. */
  public int left() {
    return left.get();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        if (server.isClosed()) {
          socket.close();
        }
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The server was closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        String head = readHead(in);
        if (head.isEmpty()) {
          left.incrementAndGet();
          return;
        }
        byte[] body = in.readNBytes(contentLength(head));
        var exchange = new Exchange(socket, head, body);
        script.answer(exchange, requests.getAndIncrement());
        if (exchange.closed) {
          return;
        }
      }
    } catch (IOException e) {
      // The peer left.
    }
  }

  private static String readHead(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private static int contentLength(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  /** One request and the socket to answer it on. */
  public static final class Exchange {
    private final Socket socket;
    private final String head;
    private final byte[] body;
    private boolean closed;

    private Exchange(Socket socket, String head, byte[] body) {
      this.socket = socket;
      this.head = head;
      this.body = body;
    }

    /** Request line and field lines. */
    public String head() {
      return head;
    }

    /** The content, when its length was given. */
    public byte[] body() {
      return body;
    }

    /** Writes {@code text} in Latin-1. */
    public Exchange write(String text) throws IOException {
      return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes {@code bytes}. */
    public Exchange write(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
      return this;
    }

    /** Writes a 200 with {@code text} as its content. */
    public Exchange ok(String text) throws IOException {
      return write("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
    }

    /** Closes the connection in good order. */
    public void close() throws IOException {
      closed = true;
      socket.close();
    }

    /** Resets the connection. */
    public void reset() throws IOException {
      closed = true;
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
