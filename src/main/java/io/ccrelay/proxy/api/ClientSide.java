package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.http.CacheRequest;
import io.ccrelay.http.CacheStatus;
import io.ccrelay.http.Fields;
import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.proxy.ClientStream;
import io.ccrelay.proxy.InterimReplies;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Optional;

/** The client that an exchange with the origin is for. Confined to the request's context. */
final class ClientSide implements Audience, ClientStream.Listener {

  private final ApiReply reply;
  private final CacheRequest request;
  private final HttpCacheOptions rules;
  private final InstantSource clock;
  private final long maxWaiting;
  private final InterimReplies interim;
  private Runnable changed = () -> {};
  private Optional<ClientStream> stream = Optional.empty();
  private boolean gone;

  /**
   * The client behind {@code reply}.
   *
   * @param maxWaiting most bytes that may wait for the client
   */
  ClientSide(
      ApiReply reply,
      CacheRequest request,
      HttpCacheOptions rules,
      InstantSource clock,
      long maxWaiting) {
    this.reply = reply;
    this.request = request;
    this.rules = rules;
    this.clock = clock;
    this.maxWaiting = maxWaiting;
    this.interim = new InterimReplies(reply.request());
    reply.onGone(this::gone);
  }

  /** Calls {@code listener} when {@link #behind} or {@link #isGone} changed. */
  void onChange(Runnable listener) {
    changed = listener;
  }

  @Override
  public void interim(int status, Fields fields) {
    if (!gone) {
      interim.send(status, fields);
    }
  }

  @Override
  public void head(int status, Fields fields, CacheStatus cacheStatus) {
    if (gone) {
      return;
    }
    reply.head(status, cacheStatus.appendTo(ForwardedFields.via(fields), ForwardedFields.NAME));
    if (request.isGet() && status != 204 && status != 304) {
      if (!fields.has("content-length")) {
        reply.response().setChunked(true);
      }
      stream = Optional.of(new ClientStream(reply.vertx(), reply.response(), maxWaiting, this));
      var _ = reply.response().writeHead();
    }
  }

  @Override
  public void chunk(Buffer chunk) {
    stream.ifPresent(body -> body.write(chunk));
  }

  @Override
  public void end(Fields trailers) {
    if (gone) {
      return;
    }
    if (stream.isEmpty()) {
      var _ = reply.response().end();
    } else {
      if (reply.response().isChunked()) {
        trailers.forEach(line -> reply.response().putTrailer(line.name(), line.value()));
      }
      stream.get().end();
    }
    reply.answered(CacheOutcome.MISS);
  }

  @Override
  public void broken() {
    if (!gone) {
      gone = true;
      stream.ifPresentOrElse(ClientStream::abort, () -> reply.response().reset());
      reply.answered(CacheOutcome.MISS);
    }
  }

  @Override
  public void failed() {
    if (reply.response().headWritten()) {
      broken();
    } else {
      refused(500, Defect.TOKEN);
    }
  }

  @Override
  public void stored(Held held, Bytes content, boolean validated, CacheStatus cacheStatus) {
    if (!gone) {
      var outcome = validated ? CacheOutcome.MISS : CacheOutcome.STALE;
      new StoredAnswer(reply, request, rules, outcome)
          .send(held.variant(), content, validated, cacheStatus, clock.instant());
    }
  }

  @Override
  public void refused(int status, String token) {
    if (!gone) {
      reply.error(status, token);
    }
  }

  @Override
  public boolean behind() {
    return gone || stream.map(ClientStream::behind).orElse(false);
  }

  @Override
  public void paceChanged() {
    changed.run();
  }

  @Override
  public void gone() {
    if (!gone) {
      gone = true;
      reply.abandoned(CacheOutcome.MISS);
      changed.run();
    }
  }

  @Override
  public boolean isGone() {
    return gone;
  }
}
