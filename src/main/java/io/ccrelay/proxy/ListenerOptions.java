package io.ccrelay.proxy;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How {@link ServerOptions} look to Vert.x: limits of the listener and its protocols. */
public final class ListenerOptions {

  /** Bytes of a request line at most, without its end. */
  public static final int MAX_REQUEST_LINE_BYTES = 8192;

  /** Bytes of all field lines at most, without their ends. */
  public static final int MAX_FIELDS_BYTES = 32_768;

  /** Streams of an HTTP/2 connection in flight at most. */
  public static final int MAX_STREAMS = 100;

  /** Connections of a process at most where the system names no limit of descriptors. */
  public static final int FALLBACK_CONNECTIONS = 4096;

  /** How much longer an idle connection lives than the longest answer takes. */
  private static final Duration IDLE_MARGIN = Duration.ofSeconds(50);

  private static final int RESETS_PER_WINDOW = 200;
  private static final int RESET_WINDOW_SECONDS = 30;
  private static final int SMALL_CONTINUATIONS = 16;

  private ListenerOptions() {}

  /** The listener's options; the files of a certificate are read when it starts to listen. */
  public static HttpServerOptions of(ServerOptions server) {
    var options = new HttpServerOptions();
    limit(options, server);
    http2(options, server);
    server.tls().ifPresent(tls -> tls(options, tls));
    return options;
  }

  /**
   * Where to listen. A listener takes an address, since a port alone makes Vert.x listen on all
   * interfaces whatever host its options name.
   */
  public static SocketAddress address(ServerOptions server) {
    String host = server.host().isEmpty() ? "0.0.0.0" : server.host();
    return SocketAddress.inetSocketAddress(server.port(), host);
  }

  /** Connections that leave half of {@code descriptors} to upstreams and files. */
  public static int connectionCap(long descriptors) {
    return descriptors <= 0 ? FALLBACK_CONNECTIONS : Math.clamp(descriptors / 2, 16, 1_000_000);
  }

  private static void limit(HttpServerOptions options, ServerOptions server) {
    options
        .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
        .setMaxHeaderSize(MAX_FIELDS_BYTES)
        .setHandle100ContinueAutomatically(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setTcpNoDelay(true)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setReadIdleTimeout(Math.toIntExact(server.timeout().plus(IDLE_MARGIN).toSeconds()));
  }

  private static void http2(HttpServerOptions options, ServerOptions server) {
    options
        .setHttp2ClearTextEnabled(server.http2())
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(MAX_STREAMS)
                .setMaxHeaderListSize(MAX_FIELDS_BYTES))
        .setHttp2RstFloodMaxRstFramePerWindow(RESETS_PER_WINDOW)
        .setHttp2RstFloodWindowDuration(RESET_WINDOW_SECONDS)
        .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
        .setHttp2MaxSmallContinuationFrames(SMALL_CONTINUATIONS);
  }

  private static void tls(HttpServerOptions options, ServerOptions.Tls tls) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setSslHandshakeTimeout(10)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setKeyCertOptions(
            new PemKeyCertOptions().setCertPath(tls.certificate()).setKeyPath(tls.key()));
    if (tls.clientCertificates()) {
      ClientProof.ask(options.getSslOptions());
    }
  }
}
