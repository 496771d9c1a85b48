package io.ccrelay.upstream.http;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Hop;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answer of an {@link Exchange}, held back until it is started. Confined to one context. */
final class HttpAnswer implements Upstream.Answer {

  private final Exchange exchange;
  private final HttpClientResponse response;
  private final Set<String> nominated;
  private final Fields fields;
  private final boolean closeDelimited;
  private Upstream.@Nullable Sink sink;
  private boolean paused;
  private boolean over;
  private @Nullable UpstreamException failure;

  HttpAnswer(Exchange exchange, HttpClientResponse response, boolean withoutContent) {
    this.exchange = exchange;
    this.response = response;
    Fields received = fields(response.headers());
    this.nominated = Hop.nominated(received);
    this.fields = Hop.response(received, nominated);
    boolean streamed = response.version() == HttpVersion.HTTP_2;
    this.closeDelimited = !streamed && !withoutContent && !isFramed(received);
    response.pause();
    response.handler(this::chunk);
    response.endHandler(v -> ended());
    response.exceptionHandler(exchange::broken);
  }

  static Fields fields(Iterable<Map.Entry<String, String>> headers) {
    var lines = new ArrayList<Field>();
    for (Map.Entry<String, String> header : headers) {
      lines.add(new Field(header.getKey(), header.getValue()));
    }
    return Fields.of(lines);
  }

  /** A coding other than {@code chunked} alone was not asked for; its end cannot be trusted. */
  private static boolean isFramed(Fields received) {
    return received
        .joined("transfer-encoding")
        .map(coding -> coding.strip().equalsIgnoreCase("chunked"))
        .orElseGet(() -> received.has("content-length"));
  }

  @Override
  public int status() {
    return response.statusCode();
  }

  @Override
  public Fields fields() {
    return fields;
  }

  @Override
  public boolean closeDelimited() {
    return closeDelimited;
  }

  @Override
  public Optional<Long> length() {
    return fields.first("content-length").map(Long::valueOf);
  }

  @Override
  public void start(Upstream.Sink receiver) {
    if (sink != null) {
      throw new IllegalStateException("answer started twice");
    }
    sink = receiver;
    if (failure != null) {
      receiver.failed(failure);
    } else if (!over) {
      exchange.watch();
      if (!paused) {
        response.resume();
      }
    }
  }

  @Override
  public void pause() {
    paused = true;
    if (!over) {
      response.pause();
      exchange.watch();
    }
  }

  @Override
  public void resume() {
    paused = false;
    if (!over && sink != null) {
      exchange.watch();
      response.resume();
    }
  }

  @Override
  public void cancel() {
    exchange.cancel();
  }

  /** Whether the upstream, and not the receiver, is being waited for. */
  boolean flowing() {
    return sink != null && !paused && !over;
  }

  /** Delivers nothing more. */
  void silence() {
    over = true;
  }

  /** Tells the receiver, now or when it starts, that the content broke off. */
  void fail(UpstreamException cause) {
    if (!over) {
      over = true;
      failure = cause;
      if (sink != null) {
        sink.failed(cause);
      }
    }
  }

  private void chunk(Buffer chunk) {
    exchange.progressed();
    if (!over && sink != null) {
      sink.chunk(chunk);
    }
  }

  private void ended() {
    if (!over && sink != null) {
      over = true;
      Fields trailers = Hop.response(fields(response.trailers()), nominated);
      exchange.completed();
      sink.end(trailers);
    }
  }
}
