package io.ccrelay.testing;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A provider on 127.0.0.1 that records every request and answers from a script: queued answers
 * first, each once, and the standing answer otherwise. Safe for use from any thread.
 */
public final class FakeUpstream implements AutoCloseable {

  /** How a request is answered. Called on the server's event loop when the content has arrived. */
  @FunctionalInterface
  public interface Answer {
    /** Answers {@code seen} on {@code response}. */
    void give(Seen seen, HttpServerResponse response);
  }

  /** A request that arrived. */
  public record Seen(String method, String uri, Fields fields, Buffer body, String sha256) {

    /** The content as UTF-8. */
    public String text() {
      return body.toString(StandardCharsets.UTF_8);
    }
  }

  private final HttpServer server;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Queue<Answer> queued = new ConcurrentLinkedQueue<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger aborted = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Answer standing = whole(200, "{}");
  private volatile Predicate<HttpServerRequest> answeredEarly = request -> false;

  private FakeUpstream(Vertx vertx) {
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxHeaderSize(64 << 10)
                    .setMaxInitialLineLength(16 << 10))
            .connectionHandler(this::count)
            .requestHandler(this::serve);
    Await.result(server.listen(SocketAddress.inetSocketAddress(0, "127.0.0.1")));
  }

  /** A provider that is listening. */
  public static FakeUpstream start(Vertx vertx) {
    return new FakeUpstream(vertx);
  }

  /** {@code http://127.0.0.1:port}. */
  public String origin() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** Answers every request without a queued answer with {@code answer}. */
  public FakeUpstream always(Answer answer) {
    standing = answer;
    return this;
  }

  /** Answers the next request without an answer yet with {@code answer}. */
  public FakeUpstream next(Answer answer) {
    queued.add(answer);
    return this;
  }

  /** Answers the requests that {@code which} accepts without waiting for their content. */
  public FakeUpstream early(Predicate<HttpServerRequest> which) {
    answeredEarly = which;
    return this;
  }

  /** The requests that arrived wholly, in order. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The latest request that arrived wholly. */
  public Seen last() {
    return seen.getLast();
  }

  /** How many requests arrived, wholly or not. */
  public int calls() {
    return begun.get();
  }

  /** How many connections are open. */
  public int connected() {
    return connections.get();
  }

  /** How many requests were given up by the peer before their answer was complete. */
  public int aborted() {
    return aborted.get();
  }

  /**
   * When this returns, kept connections have ended and new ones are refused. Vert.x says that it is
   * closed before the one, and the kernel goes on to accept until the selector has let go of the
   * listener.
   */
  @Override
  public void close() {
    int port = server.actualPort();
    Await.result(server.close());
    Waiting.until(() -> connections.get() == 0, "the end of all connections");
    Waiting.until(() -> refuses(port), "refused connections");
  }

  private static boolean refuses(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }

  private void count(HttpConnection connection) {
    connections.incrementAndGet();
    connection.closeHandler(_ -> connections.decrementAndGet());
  }

  private void serve(HttpServerRequest request) {
    begun.incrementAndGet();
    request.response().exceptionHandler(e -> aborted.incrementAndGet());
    request.exceptionHandler(e -> {});
    if (answeredEarly.test(request)) {
      request.pause();
      answer(request, Buffer.buffer());
    } else {
      request.body().onSuccess(body -> answer(request, body));
    }
  }

  private void answer(HttpServerRequest request, Buffer body) {
    var one =
        new Seen(
            request.method().name(), request.uri(), fields(request), body, sha256(body.getBytes()));
    seen.add(one);
    Answer answer = queued.poll();
    (answer == null ? standing : answer).give(one, request.response());
  }

  private static Fields fields(HttpServerRequest request) {
    var lines = new ArrayList<Field>();
    for (Map.Entry<String, String> line : request.headers()) {
      lines.add(new Field(line.getKey(), line.getValue()));
    }
    return Fields.of(lines);
  }

  /** A whole JSON answer; {@code namesAndValues} are further fields. */
  public static Answer whole(int status, String json, String... namesAndValues) {
    return (seen, response) -> {
      response.setStatusCode(status).putHeader("content-type", "application/json");
      add(response, namesAndValues);
      response.end(json);
    };
  }

  /** A JSON answer with the digest of everything that was received: what leaks shows. */
  public static Answer echo() {
    return (seen, response) -> {
      var all = new StringBuilder(seen.method()).append(' ').append(seen.uri()).append('\n');
      seen.fields().forEach(f -> all.append(f.name()).append(": ").append(f.value()).append('\n'));
      all.append('\n').append(seen.sha256());
      response
          .putHeader("content-type", "application/json")
          .end("{\"seen\":\"" + sha256(all.toString().getBytes(StandardCharsets.UTF_8)) + "\"}");
    };
  }

  /** A stream whose parts the test releases; see {@link Gate}. */
  public static Answer gated(Gate gate, String contentType) {
    return (seen, response) -> {
      response.putHeader("content-type", contentType).setChunked(true);
      gate.open(response);
    };
  }

  /** An event stream of {@code parts}, each a chunk of its own, at once. */
  public static Answer events(List<String> parts) {
    return (seen, response) -> {
      response.putHeader("content-type", "text/event-stream").setChunked(true);
      parts.forEach(response::write);
      response.end();
    };
  }

  /** Part of an answer, and then the connection is cut. */
  public static Answer cut(String contentType, String part) {
    return (seen, response) -> {
      response.putHeader("content-type", contentType).setChunked(true);
      response.write(part).onComplete(v -> response.reset());
    };
  }

  /** No answer until the test gives one through {@code gate}. */
  public static Answer hang(Gate gate) {
    return (seen, response) -> gate.open(response);
  }

  /** The test's hand on responses that were begun. */
  public static final class Gate {
    private final Queue<Open> open = new ConcurrentLinkedQueue<>();

    private record Open(Context context, HttpServerResponse response) {
      void act(Consumer<HttpServerResponse> act) {
        context.runOnContext(v -> act.accept(response));
      }
    }

    private void open(HttpServerResponse response) {
      open.add(new Open(Vertx.currentContext(), response));
    }

    /** Waits until {@code count} responses were begun. */
    public void await(int count) {
      Waiting.until(() -> open.size() >= count, "responses begun: " + count);
    }

    /** Writes {@code part} into every open response. */
    public void write(String part) {
      open.forEach(one -> one.act(response -> response.write(part)));
    }

    /** Answers on every response that was begun by {@link #hang} with {@code json}. */
    public void answer(String json) {
      open.forEach(one ->
          one.act(response -> response.putHeader("content-type", "application/json").end(json)));
      open.clear();
    }

    /** Ends every open response. */
    public void end() {
      open.forEach(one -> one.act(HttpServerResponse::end));
      open.clear();
    }

    /** Cuts every open response. */
    public void cut() {
      open.forEach(one -> one.act(HttpServerResponse::reset));
      open.clear();
    }
  }

  /** A gate for {@link #gated} and {@link #hang}. */
  public static Gate gate() {
    return new Gate();
  }

  /** The SHA-256 of {@code bytes} in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void add(HttpServerResponse response, String... namesAndValues) {
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      response.headers().add(namesAndValues[i], namesAndValues[i + 1]);
    }
  }
}
