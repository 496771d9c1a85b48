package io.ccrelay.proxy;

import java.time.Duration;
import java.util.Optional;

/**
 * The {@code server} section.
 *
 * @param host where to listen, empty = all interfaces
 * @param port where to listen, 0 = any free port
 * @param timeout longest wait for a whole answer
 * @param maxConcurrent LLM requests in flight, 0 = unlimited
 * @param maxBodyBytes largest request body
 * @param http2 whether clear-text HTTP/2 is spoken beside HTTP/1.1
 * @param drain longest wait for running answers at shutdown
 * @param auth who may ask
 * @param tls certificate, empty = clear text
 */
public record ServerOptions(
    String host,
    int port,
    Duration timeout,
    int maxConcurrent,
    long maxBodyBytes,
    boolean http2,
    Duration drain,
    Auth auth,
    Optional<Tls> tls) {

  /** 127.0.0.1:8787, 600 s, 64 MiB, no authentication. */
  public static final ServerOptions DEFAULTS =
      new ServerOptions(
          "127.0.0.1",
          8787,
          Duration.ofMinutes(10),
          0,
          64L << 20,
          false,
          Duration.ofSeconds(30),
          Auth.OPEN,
          Optional.empty());

  /**
   * {@code server.auth}.
   *
   * @param apiKey expected {@code x-api-key}, empty = not asked for
   * @param bearer whether {@code Authorization: Bearer} is accepted
   * @param bearerSecret the expected token, empty = any
   */
  public record Auth(String apiKey, boolean bearer, String bearerSecret) {

    /** Everybody may ask. */
    public static final Auth OPEN = new Auth("", false, "");

    @Override
    public String toString() {
      return "Auth(***)";
    }
  }

  /**
   * {@code server.tls}.
   *
   * @param certificate PEM file with the chain
   * @param key PEM file with the private key
   * @param clientCertificates whether clients are asked for a certificate, which policies judge
   */
  public record Tls(String certificate, String key, boolean clientCertificates) {}
}
