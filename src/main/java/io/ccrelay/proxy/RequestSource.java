package io.ccrelay.proxy;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.proxy.transport.RequestTrailers;
import io.ccrelay.upstream.Hop;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/**
 * A client's content on its way to an upstream, its trailers behind it. An expectation of 100
 * (Continue) is answered when the content is asked for (RFC 9110 section 10.1.1). The request must
 * be paused, or just handed over, when it is given here; it is paused until the content is asked
 * for, since what arrives while the upstream is being connected to would be lost. Confined to the
 * request's context.
 */
public final class RequestSource implements Upstream.Source {

  private static final Set<String> WITHOUT_CONTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final HttpServerRequest request;
  private boolean over;

  /** The content of {@code request}. */
  public RequestSource(HttpServerRequest request) {
    this.request = request;
    request.pause();
  }

  /**
   * The content of {@code request} as an upstream shall get it: none when the request announces
   * none (RFC 9112 section 6.3), nothing but its length when that is 0, and else streamed.
   */
  public static Upstream.Body bodyOf(HttpServerRequest request) {
    Optional<Long> length = lengthOf(request);
    if (length.isPresent() && length.get() == 0) {
      return new Upstream.Body.Whole(Buffer.buffer(0));
    }
    return length.isPresent() || isUnannounced(request)
        ? new Upstream.Body.Streamed(new RequestSource(request))
        : new Upstream.Body.None();
  }

  /** Content of unknown length: chunked in HTTP/1, and in HTTP/2 anything but an empty stream. */
  private static boolean isUnannounced(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2
        ? !request.isEnded() && !WITHOUT_CONTENT.contains(request.method().name())
        : request.headers().contains("transfer-encoding");
  }

  private static Optional<Long> lengthOf(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    return length == null ? Optional.empty() : Optional.of(Long.valueOf(length));
  }

  @Override
  public Optional<Long> length() {
    return lengthOf(request);
  }

  @Override
  public boolean isHeldBack() {
    return BoundedBody.expectsContinue(request);
  }

  @Override
  public void start(Upstream.Sink sink) {
    if (request.isEnded()) {
      sink.end(Fields.none());
      return;
    }
    request.handler(sink::chunk);
    request.endHandler(v -> {
      over = true;
      sink.end(trailers());
    });
    request.exceptionHandler(cause -> {
      if (!over) {
        over = true;
        sink.failed(new UpstreamException(Kind.CLIENT_GONE, "client's content broke off"));
      }
    });
    if (BoundedBody.expectsContinue(request) && !request.response().headWritten()) {
      request.response().writeContinue();
    }
    request.resume();
  }

  private Fields trailers() {
    MultiMap received = RequestTrailers.of(request);
    return received.isEmpty()
        ? Fields.none()
        : Hop.trailers(fields(received), Hop.nominated(fields(request.headers())));
  }

  private static Fields fields(MultiMap lines) {
    var fields = new ArrayList<Field>();
    lines.forEach((name, value) -> fields.add(new Field(name, value)));
    return Fields.of(fields);
  }

  @Override
  public void pause() {
    if (!over) {
      request.pause();
    }
  }

  @Override
  public void resume() {
    if (!over) {
      request.resume();
    }
  }
}
