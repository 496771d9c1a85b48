package io.ccrelay.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;

/**
 * A body on its way to one client, at the client's pace: what the connection does not take waits
 * here, up to a bound. Confined to the response's context.
 *
 * <p>A client that takes nothing for {@link #PATIENCE}, or falls further behind than the bound, is
 * cut off; others that share its source never wait for it.
 */
public final class ClientStream {

  /** Longest time a client may take nothing while something waits for it. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Told about the client's pace and fate, on the response's context. */
  public interface Listener {
    /** {@link ClientStream#behind} changed. */
    void paceChanged();

    /** The client left or was cut off before the end; called at most once. */
    void gone();
  }

  private static final int SLICE = 64 << 10;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final long maxWaiting;
  private final Listener listener;
  private final ArrayDeque<Buffer> waiting = new ArrayDeque<>(4);
  private long waitingBytes;
  private long patienceTimer = -1;
  private boolean ending;
  private boolean done;

  /**
   * A stream into {@code response}, whose head the caller has set.
   *
   * @param maxWaiting most bytes that may wait for the client
   */
  public ClientStream(
      Vertx vertx, HttpServerResponse response, long maxWaiting, Listener listener) {
    this.vertx = vertx;
    this.response = response;
    this.maxWaiting = maxWaiting;
    this.listener = listener;
    response.exceptionHandler(_ -> lost());
    response.closeHandler(_ -> lost());
    response.drainHandler(drained -> {
      cancelPatience();
      flush();
    });
  }

  /** Sends {@code chunk} after everything before it. Ignored once the stream is over. */
  public void write(Buffer chunk) {
    if (done || ending) {
      return;
    }
    if (waiting.isEmpty() && chunk.length() <= SLICE && !response.writeQueueFull()) {
      pass(chunk);
      if (response.writeQueueFull()) {
        awaitDrain();
        listener.paceChanged();
      }
      return;
    }
    enqueue(chunk);
  }

  /** Ends the body cleanly once everything was sent. */
  public void end() {
    ending = true;
    if (!done && waiting.isEmpty()) {
      finish();
    }
  }

  /** Breaks the body off, so that the client cannot take it for complete. */
  public void abort() {
    if (!done) {
      settle();
      var _ = response.reset();
    }
  }

  /** Whether the client does not take more for now. */
  public boolean behind() {
    return !done && (!waiting.isEmpty() || response.writeQueueFull());
  }

  /** Whether nothing can be sent any more. */
  public boolean over() {
    return done;
  }

  private void enqueue(Buffer chunk) {
    boolean wasBehind = behind();
    for (int from = 0; from < chunk.length(); from += SLICE) {
      waiting.add(chunk.slice(from, Math.min(chunk.length(), from + SLICE)));
    }
    waitingBytes += chunk.length();
    flush();
    if (!done && waitingBytes > maxWaiting) {
      cutOff();
    } else if (!wasBehind && behind()) {
      listener.paceChanged();
    }
  }

  private void flush() {
    if (done) {
      return;
    }
    while (!waiting.isEmpty() && !response.writeQueueFull()) {
      Buffer next = Objects.requireNonNull(waiting.poll());
      waitingBytes -= next.length();
      pass(next);
    }
    if (waiting.isEmpty() && ending) {
      finish();
    } else if (behind()) {
      awaitDrain();
    } else {
      listener.paceChanged();
    }
  }

  private void pass(Buffer chunk) {
    var _ = response.write(chunk);
  }

  private void awaitDrain() {
    if (patienceTimer < 0) {
      patienceTimer = vertx.setTimer(PATIENCE.toMillis(), _ -> cutOff());
    }
  }

  private void cutOff() {
    if (!done) {
      settle();
      var _ = response.reset();
      listener.gone();
    }
  }

  private void lost() {
    if (!done) {
      settle();
      listener.gone();
    }
  }

  private void finish() {
    settle();
    if (!response.ended()) {
      var _ = response.end();
    }
  }

  private void settle() {
    done = true;
    waiting.clear();
    waitingBytes = 0;
    cancelPatience();
  }

  private void cancelPatience() {
    if (patienceTimer >= 0) {
      vertx.cancelTimer(patienceTimer);
      patienceTimer = -1;
    }
  }
}
