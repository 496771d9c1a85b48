package io.ccrelay.cli;

import io.ccrelay.proxy.ServerOptions;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /health} over a plain socket: an HTTP client would take longer to load than to ask.
 */
final class HealthQuestion {

  private static final int TIMEOUT_MILLIS = 5000;
  private static final int LONGEST_LINE = 256;

  private HealthQuestion() {}

  /** The status code the listener of {@code server} answers within five seconds. */
  static int ask(ServerOptions server) throws IOException, GeneralSecurityException {
    String host = hostOf(server);
    try (var plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, server.port()), TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      if (server.tls().isEmpty()) {
        return exchange(plain, host);
      }
      SSLContext trust = trustOnly(server.tls().get().certificate());
      try (Socket secure =
          trust.getSocketFactory().createSocket(plain, host, server.port(), true)) {
        return exchange(secure, host);
      }
    }
  }

  /** A name to connect to: an address that means all interfaces cannot be one. */
  static String hostOf(ServerOptions server) {
    return switch (server.host()) {
      case "", "0.0.0.0", "::", "[::]" -> "127.0.0.1";
      default -> server.host();
    };
  }

  private static int exchange(Socket socket, String host) throws IOException {
    String request = "GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    var reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII),
            LONGEST_LINE);
    return statusOf(reader.readLine());
  }

  private static int statusOf(@Nullable String line) throws IOException {
    if (line != null && line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
      return Integer.parseInt(line.substring(9, 12));
    }
    throw new IOException("no HTTP answer");
  }

  /** Trusts the configured chain and nothing else, whatever names it was made for. */
  private static SSLContext trustOnly(String certificateFile)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream input = new FileInputStream(certificateFile)) {
      int index = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(input)) {
        store.setCertificateEntry("configured-" + index++, one);
      }
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
