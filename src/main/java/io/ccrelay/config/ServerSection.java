package io.ccrelay.config;

import io.ccrelay.proxy.ServerOptions;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code server}. */
final class ServerSection {

  private static final ServerOptions DEFAULTS = ServerOptions.DEFAULTS;

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private ServerSection() {}

  static ServerOptions read(Section server) {
    var listen = HostPort.read(server, "listen", new HostPort(DEFAULTS.host(), DEFAULTS.port()));
    var options =
        new ServerOptions(
            listen.host(),
            listen.port(),
            timeout(server),
            server.count("max_concurrent"),
            maxBodyBytes(server),
            server.flag("enable_http2", DEFAULTS.http2()),
            server.duration("drain", DEFAULTS.drain(), Duration.ZERO, Duration.ofHours(1)),
            auth(server),
            tls(server));
    if (!listen.loopback() && options.auth().apiKey().isEmpty() && !options.auth().bearer()) {
      server.warning(
          "listen",
          "is not on loopback and server.auth is empty: whoever reaches the port uses your keys");
    }
    server.finish(UnknownKeys.ignoredUnlessLike("tls", "drain"));
    return options;
  }

  private static Duration timeout(Section server) {
    long millis = server.whole("timeout_ms", 0, 0, DAY_MILLIS);
    return millis == 0 ? DEFAULTS.timeout() : Duration.ofMillis(millis);
  }

  /**
   * 0 means no bound in the original; here it means the default, since a body is held in memory.
   */
  private static long maxBodyBytes(Section server) {
    long bytes = server.size("max_body_bytes", 0, 0, Long.MAX_VALUE);
    return bytes == 0 ? DEFAULTS.maxBodyBytes() : bytes;
  }

  private static ServerOptions.Auth auth(Section server) {
    var auth = server.section("auth");
    String apiKey = auth.text("api_key", server.text("api_key", ""));
    boolean subscription = auth.flag("allow_subscription", false);
    boolean allowed = auth.flag("allow_bearer", false) || subscription;
    String secret = auth.text("bearer_secret", "");
    if (!secret.isEmpty() && !allowed) {
      auth.warning("bearer_secret", "has no effect unless allow_bearer is true");
    }
    auth.finish(UnknownKeys.IGNORED);
    return new ServerOptions.Auth(apiKey, allowed, allowed ? secret : "");
  }

  private static Optional<ServerOptions.Tls> tls(Section server) {
    boolean given = server.has("tls");
    var tls = server.section("tls");
    String certificate = tls.text("certificate", "");
    String key = tls.text("key", "");
    boolean clients = tls.flag("client_certificates", false);
    tls.finish(UnknownKeys.REFUSED);
    if (!given) {
      return Optional.empty();
    }
    if (certificate.isEmpty()) {
      tls.problem("certificate", "is required: the PEM file of the certificate chain");
    }
    if (key.isEmpty()) {
      tls.problem("key", "is required: the PEM file of the private key");
    }
    return Optional.of(new ServerOptions.Tls(certificate, key, clients));
  }
}
