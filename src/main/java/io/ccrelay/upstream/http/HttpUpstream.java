package io.ccrelay.upstream.http;

import io.ccrelay.upstream.BackendTls;
import io.ccrelay.upstream.Destinations;
import io.ccrelay.upstream.ExchangeObserver;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@link Upstream} over HTTP/1.1, or HTTP/2 where {@link BackendTls} asks for it and the service
 * agrees. Every instance has connections of its own on the event loop of the context that made it:
 * nothing of an exchange crosses threads, and a client shared by several event loops would hand any
 * free connection to any of them. What has to hold for the process, the bound of exchanges and the
 * gauge, is in {@link InFlight}, which all instances share. Confined to that context.
 *
 * <p>TLS peers are verified against the platform's certificate authorities unless {@link #over}
 * says otherwise. Redirects are answers like others; content is passed in the coding it has.
 */
public final class HttpUpstream implements Upstream {

  /** Most ways of meeting services that have connections at a time. */
  private static final int MOST_OTHERS = 64;

  private static final Duration RETIREMENT = Duration.ofSeconds(60);

  private final Vertx vertx;
  private final HttpUpstreamOptions options;
  private final ContextInternal context;
  private final HttpClientAgent client;
  private final Closeable atEnd = this::closeClient;
  private final InFlight inFlight;
  private final Optional<Destinations> destinations;
  private ExchangeObserver observer = ExchangeObserver.NONE;
  private final Connector connector;
  private Optional<TrustReload> reload = Optional.empty();
  private final Map<BackendTls, HttpUpstream> others =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<BackendTls, HttpUpstream> eldest) {
          return size() > MOST_OTHERS && retire(eldest.getValue());
        }
      };

  /** An upstream on the current context. */
  public HttpUpstream(Vertx vertx, HttpUpstreamOptions options, InFlight inFlight) {
    this(vertx, options, client(options), inFlight, Optional.empty(), Optional.empty());
  }

  /** An upstream on the current context that connects only where {@code destinations} says. */
  public HttpUpstream(
      Vertx vertx, HttpUpstreamOptions options, InFlight inFlight, Destinations destinations) {
    this(vertx, options, client(options), inFlight, Optional.of(destinations), Optional.empty());
  }

  HttpUpstream(
      Vertx vertx, HttpUpstreamOptions options, HttpClientOptions client, InFlight inFlight) {
    this(vertx, options, client, inFlight, Optional.empty(), Optional.empty());
  }

  private HttpUpstream(
      Vertx vertx,
      HttpUpstreamOptions options,
      HttpClientOptions client,
      InFlight inFlight,
      Optional<Destinations> destinations,
      Optional<String> serverName) {
    this.destinations = destinations;
    this.vertx = vertx;
    this.options = options;
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.inFlight = inFlight;
    this.client =
        vertx
            .httpClientBuilder()
            .with(client)
            .with(pool(options))
            .withConnectHandler(connection -> prepare(connection, options))
            .build();
    this.connector = new Connector(context, this.client, destinations, serverName);
    context.addCloseHook(atEnd);
  }

  /** Tells {@code observer} of every exchange that begins from now on. */
  public HttpUpstream observedBy(ExchangeObserver watching) {
    observer = watching;
    return this;
  }

  /** The exchange is told of what goes wrong; untold, Vert.x logs it as an error of ours too. */
  private static void prepare(HttpConnection connection, HttpUpstreamOptions options) {
    connection.exceptionHandler(_ -> {});
    ResponseCodec.install(connection, options.maxHeaderBytes());
    InterimFrames.install(connection);
  }

  /** Kept, with its connections, as long as this. */
  @Override
  public HttpUpstream over(BackendTls tls) {
    return tls.equals(BackendTls.DEFAULTS) ? this : others.computeIfAbsent(tls, this::other);
  }

  private HttpUpstream other(BackendTls tls) {
    HttpClientOptions how = client(options, tls);
    var other = new HttpUpstream(vertx, options, how, inFlight, destinations, tls.serverName());
    other.reload =
        tls.trust()
            .map(file ->
                TrustReload.watch(
                    vertx, other.client, how.getSslOptions(), file, TrustReload.INTERVAL));
    return other;
  }

  /** Exchanges under way on it end first. */
  private static boolean retire(HttpUpstream eldest) {
    eldest.leave();
    var _ = eldest.client.shutdown(RETIREMENT.toMillis(), TimeUnit.MILLISECONDS);
    return true;
  }

  @Override
  public Call call(Request request) {
    return new Exchange(vertx, context, connector, inFlight, observer, request);
  }

  /** Closes all connections; exchanges in flight fail. */
  public Future<Void> close() {
    leave();
    var closing = new ArrayList<Future<Void>>();
    others.values().forEach(other -> closing.add(other.close()));
    closing.add(client.close());
    return Future.join(closing).mapEmpty();
  }

  /**
   * Called when the context ends, too: Vert.x closes what the client consists of then, but a static
   * register of Vert.x holds it, and all it reaches, until the client itself is closed.
   */
  private void closeClient(Completable<Void> done) {
    client.close().onComplete(done);
  }

  private void leave() {
    context.removeCloseHook(atEnd);
    reload.ifPresent(TrustReload::close);
  }

  private static HttpClientOptions client(HttpUpstreamOptions options, BackendTls tls) {
    HttpClientOptions client = client(options).setTrustAll(!tls.verified());
    client.setVerifyHost(tls.verified());
    tls.identity().ifPresent(identity -> client.setKeyCertOptions(proof(identity)));
    tls.trust().ifPresent(file -> client.setTrustOptions(new PemTrustOptions().addCertPath(file)));
    return tls.http2()
        ? client
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setUseAlpn(true)
            .setInitialSettings(
                new Http2Settings()
                    .setPushEnabled(false)
                    .setMaxHeaderListSize(options.maxHeaderBytes()))
        : client;
  }

  private static PemKeyCertOptions proof(BackendTls.Identity identity) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(identity.certificate()))
        .addKeyValue(Buffer.buffer(identity.key()));
  }

  static HttpClientOptions client(HttpUpstreamOptions options) {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setUseAlpn(false)
        .setPipelining(false)
        .setKeepAlive(true)
        .setKeepAliveTimeout((int) options.keepAlive().toSeconds())
        .setConnectTimeout((int) options.connectTimeout().toMillis())
        .setIdleTimeout(0)
        .setMaxHeaderSize(options.maxHeaderBytes())
        .setDecompressionSupported(false)
        .setTrustAll(false)
        .setVerifyHost(true);
  }

  /** Large enough never to be the bound, but for connections that are being closed. */
  private static PoolOptions pool(HttpUpstreamOptions options) {
    return new PoolOptions()
        .setHttp1MaxSize(options.maxExchanges())
        .setHttp2MaxSize(1)
        .setMaxWaitQueueSize(options.maxExchanges() + options.maxWaiting());
  }
}
