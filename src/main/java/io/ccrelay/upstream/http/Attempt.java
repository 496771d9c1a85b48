package io.ccrelay.upstream.http;

import io.ccrelay.http.Field;
import io.ccrelay.upstream.Hop;
import io.ccrelay.upstream.Origin;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request on a connection, for its {@link Exchange}. Confined to one context. */
final class Attempt {

  /** RFC 9110 section 9.2.2. */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  private final Vertx vertx;
  private final Exchange exchange;
  private final Upstream.Request request;
  private final HttpClientRequest wire;
  private final @Nullable ResponseCodec codec; // of HTTP/1.1
  private final int sentBefore;
  private @Nullable BodyWriter writer;
  private @Nullable Invitation invitation;
  private boolean abandoned;

  Attempt(Vertx vertx, Exchange exchange, Upstream.Request request, HttpClientRequest wire) {
    this.vertx = vertx;
    this.exchange = exchange;
    this.request = request;
    this.wire = wire;
    this.codec = ResponseCodec.of(wire.connection());
    this.sentBefore = codec == null ? 0 : codec.requests();
    listen();
  }

  /** Writes the request, unless the connection proves to have ended. */
  void start(Origin origin) {
    wire.response().onComplete(this::answered, this::broken);
    if (abandoned) {
      return;
    }
    try {
      write(origin);
    } catch (IllegalArgumentException e) {
      exchange.fail(Failures.unsendable());
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  /** Whether the upstream does not take more content. */
  boolean blocked() {
    return writer != null && writer.blocked();
  }

  /** Takes no more content from its source. */
  void stop() {
    uninvited();
    if (writer != null) {
      writer.stop();
    }
  }

  /**
   * Resets the request and closes its connection, which in HTTP/2 serves others too and stays. The
   * reset alone would give a connection back whose answer is complete but whose request is half
   * written. A connection whose exchange is over may serve another one already.
   */
  void abandon() {
    abandoned = true;
    boolean own = codec != null && codec.serves(sentBefore);
    wire.reset();
    if (own) {
      wire.connection().close();
    }
  }

  /**
   * A connection kept from an earlier exchange may have been closed by the upstream while the
   * request was on its way. It can be sent once more if that cannot make it count twice (RFC 9112
   * section 9.3.1): it {@linkplain #isLost was lost}, and was not sent at all or is idempotent. Of
   * HTTP/2 it is not known whether the connection served before.
   */
  boolean mayBeRepeated() {
    boolean kept = codec == null || sentBefore > 0;
    return kept && writer == null && (unsent() || IDEMPOTENT.contains(request.method()));
  }

  /**
   * Whether {@code cause}, the end of the connection, left not one byte of an answer. In HTTP/2 a
   * reset of the stream is a word of the upstream, which is there.
   */
  boolean isLost(Throwable cause) {
    return codec == null
        ? cause instanceof HttpClosedException || cause instanceof IOException
        : unsent() || codec.silent();
  }

  private boolean unsent() {
    return codec != null && codec.requests() == sentBefore;
  }

  private void listen() {
    wire.exceptionHandler(this::broken);
    if (codec == null) {
      wire.earlyHintsHandler(hints -> interim(InterimFrames.takeStatus(hints), hints));
    } else {
      codec.onInterim(this::interim);
    }
  }

  private void write(Origin origin) {
    MultiMap headers = wire.headers();
    String host = request.fields().first("host").orElseGet(origin::authority);
    if (codec == null) {
      wire.authority(HostAndPort.parseAuthority(host, -1));
    } else {
      headers.add("Host", host);
    }
    for (Field line : request.fields()) {
      if (!line.is("host")) {
        headers.add(line.name(), line.value());
      }
    }
    switch (request.body()) {
      case Upstream.Body.None none -> end(wire.end());
      case Upstream.Body.Whole whole when whole.bytes().length() > WholeSource.SLICE ->
          stream(new WholeSource(whole.bytes()));
      case Upstream.Body.Whole whole -> end(wire.end(whole.bytes()));
      case Upstream.Body.Streamed streamed -> stream(streamed.source());
    }
  }

  private void end(Future<Void> written) {
    written.onFailure(this::broken);
    exchange.requestEnded();
  }

  private void stream(Upstream.Source source) {
    source
        .length()
        .ifPresentOrElse(
            length -> wire.headers().add("Content-Length", Long.toString(length)),
            () -> wire.setChunked(true));
    writer = new BodyWriter(wire, source, exchange);
    if (source.isHeldBack()) {
      invitation = Invitation.await(vertx, wire, writer::start);
      wire.sendHead().onFailure(this::broken);
    } else {
      writer.start();
    }
  }

  private void interim(int status, Iterable<Map.Entry<String, String>> headers) {
    if (!abandoned) {
      exchange.interim(status, Hop.response(HttpAnswer.fields(headers)));
    }
  }

  private void uninvited() {
    if (invitation != null) {
      invitation.decline();
    }
  }

  private void answered(HttpClientResponse response) {
    uninvited();
    if (!abandoned) {
      exchange.answered(response);
    }
  }

  private void broken(Throwable cause) {
    if (!abandoned) {
      exchange.broken(cause);
    }
  }
}
