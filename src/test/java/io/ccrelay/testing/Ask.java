package io.ccrelay.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An ordinary client of the relay, over the JDK's HTTP client. Safe for use from any thread. */
public final class Ask {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String origin;

  public Ask(String origin) {
    this.origin = origin;
  }

  /** Posts {@code body} and returns the whole answer. */
  public HttpResponse<String> post(String path, String body, String... namesAndValues) {
    try {
      return CLIENT.send(request(path, body, namesAndValues), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Posts {@code body} and returns at once. */
  public CompletableFuture<HttpResponse<String>> postLater(
      String path, String body, String... namesAndValues) {
    return CLIENT.sendAsync(request(path, body, namesAndValues), BodyHandlers.ofString());
  }

  /** Posts {@code body} and returns when the head of the answer is in. */
  public HttpResponse<InputStream> open(String path, String body, String... namesAndValues) {
    try {
      return CLIENT.send(request(path, body, namesAndValues), BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Posts {@code body}; completes when the head of the answer is in. */
  public CompletableFuture<HttpResponse<InputStream>> openLater(
      String path, String body, String... namesAndValues) {
    return CLIENT.sendAsync(request(path, body, namesAndValues), BodyHandlers.ofInputStream());
  }

  /** Gets {@code path}. */
  public HttpResponse<String> get(String path, String... namesAndValues) {
    try {
      var request = HttpRequest.newBuilder(URI.create(origin + path)).GET();
      if (namesAndValues.length > 0) {
        request.headers(namesAndValues);
      }
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The first field {@code name} of {@code answer}, empty if there is none. */
  public static String field(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** What the relay's cache had to do with {@code answer}: hit, miss, bypass, ... */
  public static String outcome(HttpResponse<?> answer) {
    return field(answer, "x-cc-relay-cache");
  }

  private HttpRequest request(String path, String body, String... namesAndValues) {
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    boolean typed = false;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      request.header(namesAndValues[i], namesAndValues[i + 1]);
      typed |= namesAndValues[i].equalsIgnoreCase("content-type");
    }
    return typed ? request.build() : request.header("content-type", "application/json").build();
  }
}
