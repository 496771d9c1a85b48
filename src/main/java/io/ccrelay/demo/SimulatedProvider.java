package io.ccrelay.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.util.Iterator;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An LLM provider on loopback that speaks both dialects: the first byte of an answer takes 60 to
 * 200 ms, each event of a stream 10 ms more.
 */
final class SimulatedProvider {

  private static final int QUICKEST_MILLIS = 60;
  private static final int SLOWEST_MILLIS = 200;
  private static final int BETWEEN_EVENTS_MILLIS = 10;

  private final Vertx vertx;
  private final HttpServer server;
  private final AtomicLong calls = new AtomicLong();

  private SimulatedProvider(Vertx vertx) {
    this.vertx = vertx;
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
            .requestHandler(this::serve);
  }

  /** Starts one on a free port. */
  static Future<SimulatedProvider> start(Vertx vertx) {
    var provider = new SimulatedProvider(vertx);
    return provider.server.listen(SocketAddress.inetSocketAddress(0, "127.0.0.1")).map(provider);
  }

  /** Its base URL in a configuration. */
  String baseUrl() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** Requests it was asked so far. */
  long calls() {
    return calls.get();
  }

  private void serve(HttpServerRequest request) {
    request.body().onSuccess(body -> answer(request, new JsonObject(body)));
  }

  private void answer(HttpServerRequest request, JsonObject asked) {
    long number = calls.incrementAndGet();
    Dialect dialect =
        Dialect.OPENAI.path().equals(request.path()) ? Dialect.OPENAI : Dialect.ANTHROPIC;
    JsonArray messages = asked.getJsonArray("messages");
    String question = messages.getJsonObject(messages.size() - 1).getString("content");
    var answers =
        ProviderAnswers.of(
            dialect, new ProviderAnswers.Facts(number, asked.getString("model"), question));
    int wait = new Random(number).nextInt(QUICKEST_MILLIS, SLOWEST_MILLIS + 1);
    vertx.setTimer(
        wait,
        _ -> {
          if (asked.getBoolean("stream", false)) {
            stream(request.response(), answers.stream().iterator());
          } else {
            whole(request.response(), answers.json());
          }
        });
  }

  private static void whole(HttpServerResponse response, JsonObject json) {
    if (!response.closed()) {
      response.putHeader("Content-Type", "application/json").end(json.encode());
    }
  }

  private void stream(HttpServerResponse response, Iterator<String> writes) {
    response.putHeader("Content-Type", "text/event-stream; charset=utf-8").setChunked(true);
    next(response, writes);
  }

  private void next(HttpServerResponse response, Iterator<String> writes) {
    if (response.closed()) {
      return;
    }
    String write = writes.next();
    if (writes.hasNext()) {
      response.write(write);
      vertx.setTimer(BETWEEN_EVENTS_MILLIS, _ -> next(response, writes));
    } else {
      response.end(write);
    }
  }
}
