package io.ccrelay.upstream;

import io.ccrelay.http.Fields;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends requests to the services behind the relay. Confined to the context that made the instance;
 * all callbacks arrive on it.
 */
public interface Upstream {

  /** An exchange for {@code request}; nothing happens before it is {@linkplain Call#send sent}. */
  Call call(Request request);

  /**
   * Sends {@code request} as {@link Call#send} does, for callers that have no use for interim
   * responses and nothing to cancel before the answer begins.
   */
  default Future<Answer> send(Request request) {
    return call(request).send();
  }

  /**
   * The same for services that are met as {@code tls} says. An implementation that knows no TLS is
   * returned as it is.
   */
  default Upstream over(BackendTls tls) {
    return this;
  }

  /** One exchange. */
  interface Call {
    /**
     * Whom to tell of interim responses before the final one (RFC 9110 section 15.2), but 100,
     * which answers this relay, and 101, which it never asks for; to be named before {@link #send}.
     */
    Call onInterim(Interim receiver);

    /**
     * Sends the request; once. The future completes with the head of the final answer, or fails
     * with {@link UpstreamException} after everything obtained on the way was reset. It never
     * hangs: every wait has one of the request's deadlines.
     */
    Future<Answer> send();

    /**
     * Gives the exchange up at any point and resets it. An answer not yet begun fails with {@link
     * UpstreamException.Kind#CLIENT_GONE}; of one that began nothing more is delivered. Idempotent.
     */
    void cancel();
  }

  /** Hears interim responses. */
  @FunctionalInterface
  interface Interim {

    /** One arrived, such as 102 or 103, hop-by-hop fields removed. */
    void arrived(int status, Fields fields);
  }

  /**
   * A request as it shall arrive.
   *
   * @param method the method
   * @param origin scheme, host and port, such as {@code https://api.anthropic.com}
   * @param target path and query as they shall stand in the request line
   * @param fields all field lines but framing and hop-by-hop ones, see {@link Hop}; {@code Host}
   *     only where it is not that of the origin
   * @param body the content
   * @param deadlines the waits
   */
  record Request(
      String method, String origin, String target, Fields fields, Body body, Deadlines deadlines) {}

  /**
   * The longest waits of an exchange.
   *
   * @param connect to obtain a connection
   * @param firstByte from the request sent to the head of the answer
   * @param betweenBytes between two pieces of the answer's body
   * @param total for the whole exchange; empty: only the others count
   */
  record Deadlines(
      Duration connect, Duration firstByte, Duration betweenBytes, Optional<Duration> total) {}

  /** Content of a request. */
  sealed interface Body {
    /** No content and no framing fields. */
    record None() implements Body {}

    /** All of it; sent with Content-Length. */
    record Whole(Buffer bytes) implements Body {}

    /** Content that arrives while it is sent. */
    record Streamed(Source source) implements Body {}
  }

  /** Content on its way; the consumer drives it. */
  interface Source {
    /** Length announced by the sender, if it did. */
    Optional<Long> length();

    /**
     * Whether the sender holds the content back until the service asks for it (RFC 9110 section
     * 10.1.1): it is started when that says 100 (Continue), or says nothing for a while.
     */
    default boolean isHeldBack() {
      return false;
    }

    /** Starts delivery to {@code sink}; once. */
    void start(Sink sink);

    /** Holds delivery. */
    void pause();

    /** Goes on delivering. */
    void resume();
  }

  /** Where content goes. Exactly one of {@link #end} and {@link #failed} is called, last. */
  interface Sink {
    /** The next piece; the receiver may keep it. */
    void chunk(Buffer chunk);

    /** All pieces were delivered; {@code trailers} may be empty. */
    void end(Fields trailers);

    /** The content broke off. */
    void failed(UpstreamException cause);
  }

  /**
   * The head of an answer and its content to come. The holder must {@link Source#start} it and see
   * its end, or {@link #cancel} it.
   */
  interface Answer extends Source {
    /** The status code, 200 or above. */
    int status();

    /** The field lines, hop-by-hop ones removed. */
    Fields fields();

    /**
     * Whether only the end of the connection ends the content (RFC 9112 section 6.3), so that a
     * truncation cannot be told from the end. Such an answer must not be stored.
     */
    boolean closeDelimited();

    /** Gives the exchange up and resets it; nothing is delivered afterwards. Idempotent. */
    void cancel();
  }
}
