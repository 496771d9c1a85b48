package io.ccrelay.admin;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The lines of a request's content, one after the other: the next is read when the one before is
 * done. Confined to one context.
 */
final class Lines {

  /** Largest line, bytes: an entry of the largest size, written as base64. */
  static final int LONGEST = 96 << 20;

  /**
   * A page of another origin can send plain text unasked, but none of these (Fetch, CORS safelist).
   */
  private static final Set<String> TYPES =
      Set.of("application/x-ndjson", "application/jsonl", "application/json");

  private final HttpServerRequest request;
  private final BiFunction<Integer, Buffer, Future<Void>> use;
  private final Promise<Void> end = Promise.promise();
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private Buffer rest = Buffer.buffer();
  private boolean ended;
  private boolean busy;
  private int number;

  private Lines(HttpServerRequest request, BiFunction<Integer, Buffer, Future<Void>> use) {
    this.request = request;
    this.use = use;
  }

  /** Whether the content of {@code request} says that it is lines of JSON. */
  static boolean isSaid(HttpServerRequest request) {
    String type = String.valueOf(request.getHeader(HttpHeaders.CONTENT_TYPE));
    int parameters = type.indexOf(';');
    return TYPES.contains(
        (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT));
  }

  /**
   * Gives each line that is not blank, with its number from 1, to {@code use}.
   *
   * @return completes after the last line; fails if the content breaks off, a line is longer than
   *     {@link #LONGEST} bytes, or {@code use} fails
   */
  static Future<Void> of(HttpServerRequest request, BiFunction<Integer, Buffer, Future<Void>> use) {
    return new Lines(request, use).read();
  }

  private Future<Void> read() {
    request.handler(this::chunk);
    request.exceptionHandler(end::tryFail);
    request.endHandler(_ -> {
      ended = true;
      waiting.add(rest);
      next();
    });
    return end.future();
  }

  private void chunk(Buffer chunk) {
    int from = 0;
    for (int i = 0; i < chunk.length(); i++) {
      if (chunk.getByte(i) == '\n') {
        waiting.add(rest.appendBuffer(chunk, from, i - from));
        rest = Buffer.buffer();
        from = i + 1;
      }
    }
    rest.appendBuffer(chunk, from, chunk.length() - from);
    if (rest.length() > LONGEST) {
      request.pause();
      end.tryFail("a line is too long");
    }
    next();
  }

  private void next() {
    while (!busy && !waiting.isEmpty() && !end.future().isComplete()) {
      Buffer line = waiting.remove();
      number++;
      if (!isBlank(line)) {
        busy = true;
        request.pause();
        use.apply(number, line).onSuccess(_ -> done()).onFailure(end::tryFail);
      }
    }
    if (!busy && waiting.isEmpty()) {
      if (ended) {
        end.tryComplete();
      } else if (!end.future().isComplete()) {
        request.resume();
      }
    }
  }

  private void done() {
    busy = false;
    next();
  }

  private static boolean isBlank(Buffer line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.getByte(i) > ' ' || line.getByte(i) < 0) {
        return false;
      }
    }
    return true;
  }
}
