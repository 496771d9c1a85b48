package io.ccrelay.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.RawServer;
import io.ccrelay.upstream.ExchangeObserver;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.internal.ContextInternal;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 9112 section 9.3.1: connections that end before a request could be written on them. */
@DisplayName("A connection that ends while a request obtains it")
class KeptConnectionTest {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final InFlight inFlight = new InFlight(4, 4);
  private final AtomicInteger obtained = new AtomicInteger();
  private final RawServer server = RawServer.following((exchange, count) -> exchange.ok("abc"));

  @AfterEach
  void stop() {
    server.close();
    Await.result(vertx.close());
  }

  @Test
  void isReplacedForEveryMethodWhenItTookNothing() {
    var post = Upstreams.post(server.origin(), "/", "{}");
    assertEquals("abc", Await.result(send(post, this::endedOnce)).text());
    assertEquals(2, obtained.get());
    assertEquals(1, server.requests());
    assertEquals(0, inFlight.inUse());
  }

  @Test
  void isReplacedOnceAtMost() {
    var failure =
        Await.failure(
            UpstreamException.class,
            send(Upstreams.get(server.origin(), "/"), _ -> failedToObtain()));
    assertEquals(Kind.CONNECT, failure.kind());
    assertEquals(2, obtained.get());
    assertEquals(0, inFlight.inUse());
  }

  @Test
  void isKnownForWhatItWasAfterItsEnd() {
    var post =
        new Upstream.Request(
            "POST",
            server.origin(),
            "/",
            Upstreams.get(server.origin(), "/").fields(),
            new Upstream.Body.None(),
            Upstreams.PATIENT);
    var failure = Await.failure(UpstreamException.class, send(post, this::closed));
    assertEquals(Kind.BROKEN, failure.kind());
    assertTrue(failure.isLost(), failure.getMessage());
    assertEquals(0, server.requests());
  }

  private Future<HttpClientRequest> endedOnce(Future<HttpClientRequest> request) {
    return obtained.get() == 1
        ? request.compose(it -> it.connection().close().compose(_ -> failedToObtain()))
        : request;
  }

  private static Future<HttpClientRequest> failedToObtain() {
    return Future.failedFuture(new HttpClosedException("ended"));
  }

  /** Some tasks later a closed connection has lost its handlers too. */
  private Future<HttpClientRequest> closed(Future<HttpClientRequest> request) {
    Promise<HttpClientRequest> later = Promise.promise();
    request.onSuccess(it ->
        it.connection()
            .close()
            .onComplete(
                _ -> context.runOnContext(_ -> vertx.setTimer(1, _ -> later.complete(it)))));
    return later.future();
  }

  private Future<Upstreams.Whole> send(
      Upstream.Request request, UnaryOperator<Future<HttpClientRequest>> obtaining) {
    Promise<Upstreams.Whole> answer = Promise.promise();
    context.runOnContext(_ -> {
      var connector =
          new Connector(
              (ContextInternal) context, client(obtaining), Optional.empty(), Optional.empty());
      new Exchange(vertx, context, connector, inFlight, ExchangeObserver.NONE, request)
          .send()
          .compose(Upstreams::whole)
          .onComplete(answer);
    });
    return answer.future();
  }

  /** A client whose connections go through {@code obtaining} on their way to the exchange. */
  private HttpClient client(UnaryOperator<Future<HttpClientRequest>> obtaining) {
    HttpClient real =
        vertx
            .httpClientBuilder()
            .withConnectHandler(connection -> ResponseCodec.install(connection, 8 << 10))
            .build();
    return (HttpClient)
        Proxy.newProxyInstance(
            HttpClient.class.getClassLoader(),
            new Class<?>[] {HttpClient.class},
            (_, method, arguments) -> {
              Object result = method.invoke(real, arguments);
              if (!method.getName().equals("request")) {
                return result;
              }
              obtained.incrementAndGet();
              @SuppressWarnings("unchecked")
              var request = (Future<HttpClientRequest>) result;
              return obtaining.apply(request);
            });
  }
}
