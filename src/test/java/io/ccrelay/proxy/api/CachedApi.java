package io.ccrelay.proxy.api;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A relay with a caching API before a scripted origin, and a client of it. */
final class CachedApi implements AutoCloseable {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final Vertx vertx = Vertx.vertx();
  final FakeUpstream origin = FakeUpstream.start(vertx);
  final Relays relay;

  private CachedApi(String settings) {
    relay = Relays.start(config(settings));
  }

  /** An API at {@code /} with {@code http_cache: on}. */
  static CachedApi start() {
    return new CachedApi("http_cache: on");
  }

  /** The same with {@code settings} of the API, YAML flow members. */
  static CachedApi start(String settings) {
    return new CachedApi(settings);
  }

  private String config(String settings) {
    return """
    server: {listen: "127.0.0.1:0"}
    apis:
      - {name: web, path: /, backend: "%s", %s}
    """
        .formatted(origin.origin(), settings);
  }

  void reload(String settings) {
    relay.reload(config(settings));
  }

  /** What the origin answers from now on: a 200 with {@code content} and fields. */
  void answers(String content, String... namesAndValues) {
    origin.always(answer(200, content, namesAndValues));
  }

  static FakeUpstream.Answer answer(int status, String content, String... namesAndValues) {
    return (seen, response) -> {
      response.setStatusCode(status);
      for (int i = 0; i < namesAndValues.length; i += 2) {
        response.headers().add(namesAndValues[i], namesAndValues[i + 1]);
      }
      response.end(content);
    };
  }

  HttpResponse<String> get(String path, String... namesAndValues) {
    return ask("GET", path, namesAndValues);
  }

  /** Asks, and waits until what is stored of the answer is stored. */
  HttpResponse<String> ask(String method, String path, String... namesAndValues) {
    try {
      var answer = CLIENT.send(request(method, path, namesAndValues), BodyHandlers.ofString());
      Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  CompletableFuture<HttpResponse<String>> later(String path, String... namesAndValues) {
    return CLIENT.sendAsync(request("GET", path, namesAndValues), BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String... namesAndValues) {
    var request =
        HttpRequest.newBuilder(URI.create(relay.origin() + path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                method.equals("GET") || method.equals("HEAD")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString("body"));
    if (namesAndValues.length > 0) {
      request.headers(namesAndValues);
    }
    return request.build();
  }

  /** Lets {@code seconds} pass. */
  void wait(int seconds) {
    relay.clock.advance(Duration.ofSeconds(seconds));
  }

  int calls() {
    return origin.calls();
  }

  static String status(HttpResponse<?> answer) {
    return String.join(", ", answer.headers().allValues("cache-status"));
  }

  static String field(HttpResponse<?> answer, String name) {
    return String.join("|", answer.headers().allValues(name));
  }

  @Override
  public void close() {
    relay.close();
    origin.close();
    vertx.close().await();
  }
}
