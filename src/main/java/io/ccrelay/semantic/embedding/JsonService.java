package io.ccrelay.semantic.embedding;

import io.ccrelay.semantic.EmbeddingException;
import io.ccrelay.semantic.EmbeddingException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Asks one address of a JSON service. Safe for use from any context. Fails with {@link
 * EmbeddingException} and nothing else.
 */
final class JsonService {

  /** Larger answers are not read: 64 vectors of 8192 numbers fit. */
  private static final int LARGEST_ANSWER = 16 << 20;

  private static final int CONNECTIONS = 8;
  private static final int WAITING = 64;

  private final HttpClient client;
  private final String url;
  private final Supplier<Map<String, String>> headers;
  private final Duration timeout;

  JsonService(Vertx vertx, String url, String key, Duration timeout) {
    this(vertx, url, always(key), timeout);
  }

  /** The headers are asked for at every request. */
  JsonService(Vertx vertx, String url, Supplier<Map<String, String>> headers, Duration timeout) {
    this.url = url;
    this.headers = headers;
    this.timeout = timeout;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) Math.max(1, timeout.toMillis()))
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING));
  }

  private static Supplier<Map<String, String>> always(String key) {
    Map<String, String> headers =
        key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key);
    return () -> headers;
  }

  Future<JsonObject> post(JsonObject body) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url)
            .setTimeout(timeout.toMillis())
            .setIdleTimeout(timeout.toMillis())
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
            .putHeader(HttpHeaders.ACCEPT, "application/json");
    headers.get().forEach(options::putHeader);
    return client
        .request(options)
        .compose(request -> send(request, body))
        .recover(failure -> Future.failedFuture(known(failure)));
  }

  private Future<JsonObject> send(HttpClientRequest request, JsonObject body) {
    return request
        .send(body.toBuffer())
        .compose(JsonService::whole)
        .onFailure(_ -> request.reset())
        .map(JsonService::decoded);
  }

  private static Future<Buffer> whole(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return Future.failedFuture(new EmbeddingException(Reason.UNAVAILABLE));
    }
    var content = Buffer.buffer();
    response.handler(chunk -> {
      content.appendBuffer(chunk);
      if (content.length() > LARGEST_ANSWER) {
        response.request().reset();
      }
    });
    return response.end().map(content);
  }

  private static JsonObject decoded(Buffer content) {
    try {
      return new JsonObject(content);
    } catch (DecodeException | ClassCastException noObject) {
      throw new EmbeddingException(Reason.MALFORMED);
    }
  }

  private static EmbeddingException known(Throwable failure) {
    if (failure instanceof EmbeddingException known) {
      return known;
    }
    boolean late = failure instanceof java.util.concurrent.TimeoutException;
    return new EmbeddingException(late ? Reason.TIMEOUT : Reason.UNAVAILABLE);
  }

  Future<Void> close() {
    return client.close();
  }
}
