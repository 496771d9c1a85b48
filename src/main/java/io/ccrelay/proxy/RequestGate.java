package io.ccrelay.proxy;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.proxy.Admission.Refused;
import io.ccrelay.proxy.transport.Connections;
import io.ccrelay.proxy.transport.Flaw;
import io.ccrelay.proxy.transport.GuardedServer;
import io.ccrelay.proxy.transport.MalformedHead;
import io.ccrelay.proxy.transport.Pace;
import io.ccrelay.proxy.transport.Repeats;
import io.ccrelay.proxy.transport.Wire;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything between the socket and the relay on the client's side. Confined to one context: make
 * one gate for each verticle instance, on its context.
 *
 * <pre>{@code
 * var gate = new RequestGate(vertx, connections, new Repeats(clock, settings));
 * HttpServer server = gate.server(ListenerOptions.of(options), new RequestGate.Door() {
 *   public void admitted(HttpServerRequest request, Admitted head) {
 *     if (access.decide(head.fields()) instanceof Denied denied) {
 *       request.response().setStatusCode(401);
 *       gate.finish(request, errorBody(denied.message()));   // the body was not read
 *       return;
 *     }
 *     gate.body(request, options.maxBodyBytes())             // before anything asynchronous
 *         .onSuccess(body -> request.response().end(answer(head, body)))
 *         .onFailure(failure -> gate.finish(request, errorBody(failure)));
 *   }
 *   public void refused(HttpServerRequest request, Refused why) {
 *     request.response().setStatusCode(why.status());
 *     gate.finish(request, errorBody(why.message()));
 *   }
 * });
 * server.listen(ListenerOptions.address(options));
 * }</pre>
 *
 * A request reaches the door once, either way. After a refusal on HTTP/1 nothing more of that
 * connection is looked at; over HTTP/2 the other streams go on.
 */
public final class RequestGate {

  private final Vertx vertx;
  private final Pace pace;
  private final Connections connections;
  private final Repeats repeats;
  private final Set<HttpConnection> sealed = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closing;

  /** Where requests come out. */
  public interface Door {

    /** {@code request} may be served; its body is read by {@link #body} or left to finish. */
    void admitted(HttpServerRequest request, Admitted head);

    /** {@code request} must be answered by {@link #finish} with the status of {@code why}. */
    void refused(HttpServerRequest request, Refused why);
  }

  /**
   * A gate on the current context of {@code vertx}.
   *
   * @param connections may be shared
   * @param repeats of this gate alone
   */
  public RequestGate(Vertx vertx, Connections connections, Repeats repeats) {
    this(vertx, connections, repeats, Pace.TICK);
  }

  /** A gate whose deadlines are {@link Pace#DEADLINE_TICKS} times {@code tick}: for tests. */
  RequestGate(Vertx vertx, Connections connections, Repeats repeats, Duration tick) {
    this.vertx = vertx;
    this.connections = connections;
    this.repeats = repeats;
    this.pace = new Pace(vertx, tick);
  }

  /** A server whose requests come out at {@code door}; its handlers are taken. */
  public HttpServer server(HttpServerOptions options, Door door) {
    return GuardedServer.create(vertx, options, pace, connections, repeats)
        .requestHandler(request -> enter(request, door))
        .invalidRequestHandler(request -> invalid(request, door));
  }

  /**
   * From now on every answer over HTTP/1 tells its client to use another connection (RFC 9112
   * section 9.6), so that none of them sends a request into a connection that is about to close.
   */
  void closeAfterAnswers() {
    closing = true;
    repeats.close();
  }

  /**
   * Reads the content of {@code request}, at most {@code limit} bytes. Call it before the handler
   * of the request returns, or pause the request. Fails with {@link BodyException} only.
   */
  public Future<Buffer> body(HttpServerRequest request, long limit) {
    return BoundedBody.read(request, limit, pace);
  }

  /**
   * Ends the answer with {@code body} where the content of {@code request} may be unread. A short
   * remainder is read and forgotten and the connection stays; else it is closed after the answer.
   * Bytes of an unread remainder are never taken for a request.
   */
  public Future<Void> finish(HttpServerRequest request, Buffer body) {
    if (request.version() == HttpVersion.HTTP_2) {
      return finishStream(request, body);
    }
    HttpConnection connection = request.connection();
    if (!sealed.contains(connection)) {
      if (request.isEnded()) {
        return request.response().end(body);
      }
      if (!isDrainable(request)) {
        seal(connection);
      }
    }
    return sealed.contains(connection) ? finishAndClose(request, body) : drain(request, body);
  }

  private static boolean isDrainable(HttpServerRequest request) {
    return BoundedBody.announced(request) <= Wire.DRAIN_BYTES
        && !BoundedBody.expectsContinue(request);
  }

  private Future<Void> finishAndClose(HttpServerRequest request, Buffer body) {
    request.response().putHeader("connection", "close");
    return request.response().end(body).eventually(() -> request.connection().close());
  }

  private Future<Void> drain(HttpServerRequest request, Buffer body) {
    HttpConnection connection = request.connection();
    Remainder.drain(
        vertx,
        request,
        () -> {
          seal(connection);
          connection.close();
        });
    return request.response().end(body);
  }

  private Future<Void> finishStream(HttpServerRequest request, Buffer body) {
    if (!request.isEnded()) {
      Remainder.drain(vertx, request, () -> request.response().reset(0));
    }
    return request.response().end(body);
  }

  private void enter(HttpServerRequest request, Door door) {
    if (!sealed.isEmpty() && sealed.contains(request.connection())) {
      return;
    }
    if (closing && request.version() != HttpVersion.HTTP_2) {
      request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    Admission admission =
        Admission.of(request.method().name(), target(request), request.version(), fields(request));
    switch (admission) {
      case Admitted head -> door.admitted(request, head);
      case Refused why -> refuse(request, why, door);
    }
  }

  private void invalid(HttpServerRequest request, Door door) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof PrematureChannelClosureException
        || sealed.contains(request.connection())) {
      return;
    }
    refuse(request, new Refused(reason(cause)), door);
  }

  private void refuse(HttpServerRequest request, Refused why, Door door) {
    if (request.version() != HttpVersion.HTTP_2) {
      seal(request.connection());
    }
    door.refused(request, why);
  }

  /** Nothing that {@code connection} still sends is a request. */
  private void seal(HttpConnection connection) {
    Wire wire = Wire.below(connection);
    if (sealed.add(connection) && wire != null) {
      wire.seal();
      wire.onClose(() -> sealed.remove(connection));
    }
  }

  private static String target(HttpServerRequest request) {
    String target = request.uri();
    return target == null ? "" : target;
  }

  private static Fields fields(HttpServerRequest request) {
    var lines = new ArrayList<Field>(16);
    request.headers().forEach((name, value) -> lines.add(new Field(name, value)));
    if (request.version() == HttpVersion.HTTP_2) {
      HostAndPort authority = request.authority();
      if (authority != null) {
        lines.removeIf(line -> line.is("host"));
        lines.add(new Field("host", authority.toString()));
      }
    }
    return Fields.of(lines);
  }

  private static Refusal reason(@Nullable Throwable cause) {
    return switch (cause) {
      case MalformedHead head -> reason(head.flaw());
      case TooLongHttpLineException _ -> Refusal.TARGET_TOO_LONG;
      case TooLongHttpHeaderException _ -> Refusal.FIELDS_TOO_LARGE;
      case null, default -> Refusal.MALFORMED;
    };
  }

  private static Refusal reason(Flaw flaw) {
    return switch (flaw) {
      case REQUEST_LINE -> Refusal.REQUEST_LINE;
      case VERSION -> Refusal.VERSION;
      case FIELD_NAME -> Refusal.FIELD_NAME;
      case FOLDED_LINE -> Refusal.FOLDED_LINE;
      case TOO_MANY_FIELDS -> Refusal.TOO_MANY_FIELDS;
    };
  }
}
