package io.ccrelay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Requests exactly as written, for what well-behaved clients refuse to send. */
public final class RawHttp {

  private RawHttp() {}

  /** A POST of {@code json} to {@code target} on a connection of its own. */
  public static Answer postOnce(int port, String target, String json) {
    return send(port, RawClient.post(target, json, "Connection: close"));
  }

  /** Sends {@code request} to a loopback port and reads until the server closes, at most 10 s. */
  public static Answer send(int port, String request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new Answer(
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Sends a request line and {@code fields} ({@code Name: value}), asking to close afterwards. */
  public static Answer ask(int port, String method, String target, String... fields) {
    var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
    for (String field : fields) {
      request.append(field).append("\r\n");
    }
    return send(port, request.append("\r\n").toString());
  }

  /** All bytes of an answer, read as ISO 8859-1. */
  public record Answer(String text) {

    /** The status code, 0 if there was no answer. */
    public int status() {
      return text.startsWith("HTTP/1.") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }

    /** The status line and the fields. */
    public String head() {
      return text.substring(0, Math.max(0, text.indexOf("\r\n\r\n")));
    }

    /** What follows the head. */
    public String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    /** Whether a field named {@code name} is there. */
    public boolean has(String name) {
      return head().toLowerCase(Locale.ROOT).contains("\r\n" + name.toLowerCase(Locale.ROOT) + ":");
    }
  }
}
