package io.ccrelay.proxy.transport;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeClock;
import io.ccrelay.testing.RawClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A guarded server that answers with what it was asked for and lets every answer be repeated.
 * {@code /chunked} is answered in pieces, {@code /held} when {@link #release} is called.
 */
final class RepeatingServer implements AutoCloseable {

  /** Targets of the requests that were read. */
  final List<String> read = new CopyOnWriteArrayList<>();

  /** Answers that were given without reading. */
  final AtomicInteger repeated = new AtomicInteger();

  final FakeClock clock = new FakeClock();
  volatile Object rules = "rules";
  volatile Supplier<Future<Boolean>> holds = () -> Future.succeededFuture(true);
  volatile String name = "";
  volatile Supplier<String> names = () -> "";

  private final Vertx vertx = Vertx.vertx();
  private final Repeats repeats = new Repeats(clock, () -> rules);
  private final HttpServer server;
  private volatile HttpServerRequest held;

  RepeatingServer() {
    this(new HttpServerOptions());
  }

  RepeatingServer(HttpServerOptions options) {
    server = Await.result(onContext(() -> listen(options)));
  }

  private Future<HttpServer> listen(HttpServerOptions options) {
    var pace = new Pace(vertx, Pace.TICK);
    return GuardedServer.create(vertx, options, pace, new Connections(100), repeats)
        .requestHandler(this::serve)
        .listen(SocketAddress.inetSocketAddress(0, "127.0.0.1"));
  }

  private <T> Future<T> onContext(Supplier<Future<T>> task) {
    return Future.future(done -> vertx.runOnContext(_ -> task.get().onComplete(done)));
  }

  private void serve(HttpServerRequest request) {
    read.add(request.uri());
    request
        .body()
        .onSuccess(body -> {
          if (request.path().equals("/held")) {
            held = request;
          } else {
            answer(request, request.uri() + "=" + body);
          }
        });
  }

  private void answer(HttpServerRequest request, String content) {
    var response = request.response();
    if (!name.isEmpty()) {
      response.putHeader("x-name", name);
    }
    Shortcut.offer(
        request.connection(),
        () ->
            new Repeatable(
                clock.instant().plusMillis(500),
                () -> holds.get(),
                _ -> repeated.incrementAndGet(),
                name,
                names));
    if (request.path().equals("/chunked")) {
      response.setChunked(true).write(content);
      response.end();
    } else {
      response.setStatusCode(request.path().equals("/missing") ? 404 : 200).end(content);
    }
  }

  /** Answers the request for {@code /held}. */
  void release() {
    HttpServerRequest request = held;
    held = null;
    onContext(
            () -> {
              answer(request, "released");
              return Future.succeededFuture();
            })
        .await();
  }

  boolean isHolding() {
    return held != null;
  }

  /** Repeats nothing from now on. */
  void stopRepeating() {
    onContext(
            () -> {
              repeats.close();
              return Future.succeededFuture();
            })
        .await();
  }

  RawClient client() throws IOException {
    return new RawClient(server.actualPort());
  }

  /** A client with another address. */
  RawClient stranger() throws IOException {
    var socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            server.actualPort(),
            InetAddress.getByName("127.0.0.2"),
            0);
    return new RawClient(socket);
  }

  static String get(String target, String... lines) {
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + joined(lines) + "\r\n";
  }

  static String post(String target, String content) {
    return RawClient.post(target, content);
  }

  private static String joined(String... lines) {
    var all = new StringBuilder();
    for (String line : lines) {
      all.append(line).append("\r\n");
    }
    return all.toString();
  }

  /** Sends {@code request} as one segment and reads what comes. */
  static String ask(RawClient client, String request) throws IOException {
    return client.send(request).answer().orElseThrow().body();
  }

  /** Asks until equal requests are answered without being read. */
  void teach(RawClient client, String request) throws IOException {
    for (int i = 0; i < 2; i++) {
      ask(client, request);
    }
    read.clear();
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  @Override
  public void close() {
    stopRepeating();
    Await.result(vertx.close());
  }
}
