package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.Supplier;

/** The client that an upstream answer is for. Confined to the request's context. */
final class ClientAudience implements LlmAudience, ClientStream.Listener {

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final ReplyHead head;
  private final MissNote note;
  private final long maxWaiting;
  private final Supplier<Future<Boolean>> rescue;
  private final LlmReply reply;

  private Runnable changed = () -> {};
  private Optional<LiveBody> live = Optional.empty();
  private boolean gone;

  /**
   * The client behind {@code reply}.
   *
   * @param note what {@code Cache-Status} says of the answer
   * @param maxWaiting most bytes that may wait for the client
   * @param rescue serves something else instead of a failing upstream; gives false if it cannot,
   *     and never fails
   */
  ClientAudience(LlmReply reply, MissNote note, long maxWaiting, Supplier<Future<Boolean>> rescue) {
    this.vertx = reply.vertx();
    this.response = reply.response();
    this.head = reply.head();
    this.note = note;
    this.maxWaiting = maxWaiting;
    this.rescue = rescue;
    this.reply = reply;
    reply.onGone(this::gone);
  }

  /** Calls {@code listener} when {@link #behind} or {@link #gone} changed. */
  void onChange(Runnable listener) {
    changed = listener;
  }

  @Override
  public void head(int status, Fields fields, boolean eventStream, String reason) {
    if (gone) {
      return;
    }
    boolean events = eventStream && !MediaType.isEncoded(fields);
    reply.because(note.why(reason));
    var stream = new ClientStream(vertx, response, maxWaiting, this);
    live = Optional.of(new LiveBody(reply, stream, events));
    head.begun(response, status, fields, events, note.outcome(), note.live(reason));
  }

  @Override
  public void chunk(Buffer chunk) {
    live.ifPresent(body -> body.chunk(chunk));
  }

  @Override
  public void end() {
    live.ifPresent(LiveBody::end);
    reply.answered(note.outcome());
  }

  @Override
  public void whole(int status, Fields fields, Bytes body, boolean kept, String reason) {
    if (gone) {
      return;
    }
    if (StoreTerms.worthAnotherTry(status)) {
      unlessRescued(() -> forward(status, fields, body, kept, reason));
    } else {
      forward(status, fields, body, kept, reason);
    }
  }

  private void forward(int status, Fields fields, Bytes body, boolean kept, String reason) {
    reply.because(note.why(reason));
    head.forwarded(response, status, fields, note.outcome(), note.whole(kept, reason));
    WholeBody.send(vertx, response, body, () -> reply.answered(note.outcome()));
  }

  @Override
  public void failed(UpstreamException cause) {
    if (gone) {
      return;
    }
    if (live.isPresent()) {
      live.get().breakOff(cause);
      reply.answered(note.outcome());
    } else {
      unlessRescued(() -> reply.failed(cause));
    }
  }

  private void unlessRescued(Runnable answer) {
    rescue
        .get()
        .onSuccess(served -> {
          if (!served && !gone) {
            answer.run();
          }
        });
  }

  @Override
  public boolean behind() {
    return gone || live.map(LiveBody::behind).orElse(false);
  }

  @Override
  public void paceChanged() {
    changed.run();
  }

  @Override
  public void gone() {
    if (!gone) {
      gone = true;
      live.ifPresent(LiveBody::stop);
      reply.abandoned(note.outcome());
      changed.run();
    }
  }

  @Override
  public boolean isGone() {
    return gone;
  }
}
