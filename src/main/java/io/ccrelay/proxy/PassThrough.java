package io.ccrelay.proxy;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Relays an exchange that no cache has a part in: both directions stream, each at the pace of its
 * receiver, and an end that is not a proper one on the one side is none on the other. Confined to
 * one context.
 */
public final class PassThrough {

  private final Upstream upstream;

  /** Exchanges with {@code upstream}. */
  public PassThrough(Upstream upstream) {
    this.upstream = upstream;
  }

  /** How a relayed exchange ended. */
  public sealed interface Outcome {
    /** The answer was relayed wholly. */
    record Relayed(int status) implements Outcome {}

    /** Nothing was sent to the client yet: the caller answers it. */
    record Unanswered(UpstreamException cause) implements Outcome {}

    /** The answer broke off; the client's response was aborted. */
    record Broken(int status, UpstreamException cause) implements Outcome {}

    /** The client left; the upstream was reset. */
    record ClientLeft() implements Outcome {}
  }

  /**
   * Sends {@code parts} upstream and its answer to the client of {@code request}. Fields already
   * set on the response are sent too.
   *
   * @param done told once how it ended
   */
  public void relay(HttpServerRequest request, Upstream.Request parts, Consumer<Outcome> done) {
    relay(request, upstream.call(parts), done);
  }

  /** The same over an exchange that was prepared. */
  static void relay(HttpServerRequest request, Upstream.Call call, Consumer<Outcome> done) {
    new Passage(request, call, done).begin();
  }

  /** Copies status and fields of {@code answer} and chooses the framing of {@code response}. */
  static void head(HttpServerRequest request, HttpServerResponse response, Upstream.Answer answer) {
    response.setStatusCode(answer.status());
    addAll(response.headers(), answer.fields());
    if (hasContent(request, answer.status()) && !answer.fields().has("content-length")) {
      response.setChunked(true);
    }
  }

  private static boolean hasContent(HttpServerRequest request, int status) {
    return !request.method().equals(HttpMethod.HEAD) && status != 204 && status != 304;
  }

  private static void addAll(MultiMap headers, Fields fields) {
    for (Field line : fields) {
      headers.add(line.name(), line.value());
    }
  }

  /** One exchange being relayed. */
  private static final class Passage {

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final InterimReplies interim;
    private final Upstream.Call call;
    private final Consumer<Outcome> done;
    private Upstream.@Nullable Answer answer;
    private boolean over;

    Passage(HttpServerRequest request, Upstream.Call call, Consumer<Outcome> done) {
      this.request = request;
      this.response = request.response();
      this.interim = new InterimReplies(request);
      this.call = call;
      this.done = done;
    }

    void begin() {
      response.closeHandler(v -> left());
      response.exceptionHandler(e -> left());
      call.onInterim(this::interim).send().onComplete(this::answered, this::failed);
    }

    private void interim(int status, Fields fields) {
      if (!over) {
        interim.send(status, fields);
      }
    }

    private void answered(Upstream.Answer received) {
      if (over) {
        received.cancel();
        return;
      }
      answer = received;
      head(request, response, received);
      if (hasContent(request, received.status())) {
        var sink = new ResponseSink(response, received);
        sink.done().onComplete(v -> relayed(received), this::failed);
        received.start(sink);
      } else {
        received.start(new Discard(this::failed));
        response.end().onComplete(v -> relayed(received), this::failed);
      }
    }

    private void relayed(Upstream.Answer received) {
      end(new Outcome.Relayed(received.status()));
      if (!request.isEnded() && !response.closed()) {
        Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
        Remainder.drain(vertx, request, this::giveUpUpload);
      }
    }

    /** What follows on the connection must never be read as a request. */
    private void giveUpUpload() {
      if (request.version() == HttpVersion.HTTP_2) {
        response.reset();
      } else {
        request.connection().close();
      }
    }

    private void failed(Throwable failure) {
      UpstreamException cause =
          failure instanceof UpstreamException known
              ? known
              : new UpstreamException(Kind.CLIENT_GONE, "response not written");
      if (answer != null) {
        call.cancel();
      }
      end(outcome(cause));
    }

    private Outcome outcome(UpstreamException cause) {
      if (cause.kind() == Kind.CLIENT_GONE) {
        return new Outcome.ClientLeft();
      }
      return answer == null
          ? new Outcome.Unanswered(cause)
          : new Outcome.Broken(answer.status(), cause);
    }

    private void left() {
      if (!over) {
        end(new Outcome.ClientLeft());
        call.cancel();
      }
    }

    private void end(Outcome outcome) {
      if (!over) {
        over = true;
        done.accept(outcome);
      }
    }
  }
}
