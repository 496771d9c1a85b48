package io.ccrelay.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Clients that ask one after another, pause a little, and check every answer. Confined to the
 * context that {@link #ask} is called on.
 */
final class Clients {

  private static final int PAUSE_MILLIS = 220;
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Vertx vertx;
  private final HttpClient client;
  private final int port;
  private final Runnable progress;
  private final List<Sample> samples = new ArrayList<>();
  private final Random random = new Random(7);

  /**
   * Clients of the relay at {@code port}.
   *
   * @param progress called after every answer
   */
  Clients(Vertx vertx, int port, int number, Runnable progress) {
    this.vertx = vertx;
    this.port = port;
    this.progress = progress;
    this.client = vertx.httpClientBuilder().with(new PoolOptions().setHttp1MaxSize(number)).build();
  }

  /** Sends {@code asks}, {@code number} at a time; the samples, when all are answered. */
  Future<List<Sample>> ask(List<Mix.Ask> asks, int number) {
    Iterator<Mix.Ask> rest = asks.iterator();
    List<Future<Void>> all = IntStream.range(0, number).mapToObj(_ -> visit(rest)).toList();
    return Future.all(all).map(samples).eventually(client::close);
  }

  private Future<Void> visit(Iterator<Mix.Ask> rest) {
    var done = Promise.<Void>promise();
    visit(rest, done);
    return done.future();
  }

  private void visit(Iterator<Mix.Ask> rest, Promise<Void> done) {
    if (!rest.hasNext()) {
      done.complete();
      return;
    }
    send(rest.next())
        .onComplete(outcome -> {
          samples.add(outcome.succeeded() ? outcome.result() : failed());
          progress.run();
          vertx.setTimer(1 + random.nextInt(PAUSE_MILLIS), _ -> visit(rest, done));
        });
  }

  private static Sample failed() {
    return new Sample("failed", false, 0, false);
  }

  private Future<Sample> send(Mix.Ask ask) {
    Dialect dialect = ask.question().dialect();
    long began = System.nanoTime();
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI(dialect.path())
            .setTimeout(TIMEOUT_MILLIS)
            .putHeader("Content-Type", "application/json")
            .putHeader("anthropic-version", "2023-06-01")
            .putHeader("x-api-key", "demo-key-of-nobody")
            .putHeader("Authorization", "Bearer demo-key-of-nobody");
    return client
        .request(options)
        .compose(request ->
            request.send(dialect.request(ask.question().text(), ask.streaming()).toBuffer()))
        .compose(response ->
            response.body().map(body -> sample(ask, response, body, System.nanoTime() - began)));
  }

  private static Sample sample(Mix.Ask ask, HttpClientResponse response, Buffer body, long nanos) {
    String outcome = Objects.requireNonNullElse(response.getHeader("X-CC-Relay-Cache"), "unknown");
    String expected = Question.answerTo(ask.question().text());
    boolean right = response.statusCode() == 200 && expected.equals(read(ask, body).orElse(""));
    return new Sample(outcome, ask.streaming(), nanos, right);
  }

  private static Optional<String> read(Mix.Ask ask, Buffer body) {
    Dialect dialect = ask.question().dialect();
    try {
      return ask.streaming()
          ? dialect.streamed(body.toString())
          : Optional.of(dialect.answer(new JsonObject(body)));
    } catch (RuntimeException notTheExpectedForm) {
      return Optional.empty();
    }
  }
}
