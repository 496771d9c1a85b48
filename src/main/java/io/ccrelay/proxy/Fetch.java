package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.PassReason;
import io.ccrelay.llm.Verdict;
import io.ccrelay.llm.sse.Recording;
import io.ccrelay.llm.sse.StreamRecorder;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * One upstream call and what becomes of its answer: it goes to the audience, to the followers of
 * the flight and, if it may be kept, to the cache. Confined to one context.
 *
 * <p>An answer that is not a stream of events is collected before a byte is sent on, so that a
 * broken one is a clean error; beyond the largest entry it is passed on as it comes. A stream is
 * passed on as it comes and recorded beside it. The upstream is read at the pace of the fastest of
 * those who listen.
 */
final class Fetch implements Upstream.Sink {

  private final FetchOrder order;
  private final LlmRelay relay;
  private final Flights.Leader leader;
  private final LlmAudience audience;
  private final Settlement settlement;

  private Optional<Upstream.Call> call = Optional.empty();
  private Optional<Upstream.Answer> answer = Optional.empty();
  private Optional<StreamRecorder> recorder = Optional.empty();
  private Buffer collected = Buffer.buffer();
  private boolean passing;
  private boolean flowing = true;
  private boolean done;

  Fetch(LlmRelay relay, FetchOrder order, Flights.Leader leader, LlmAudience audience) {
    this.order = order;
    this.relay = relay;
    this.leader = leader;
    this.audience = audience;
    this.settlement = new Settlement(relay, order, leader);
  }

  /** Sends the request. */
  void start() {
    Optional<UpstreamException> refusal = order.keyed().refusal();
    if (refusal.isPresent()) {
      failed(refusal.get());
      return;
    }
    leader.onChange(this::audienceChanged);
    Upstream.Call sending = order.keyed().call(relay.upstream(), relay.clock());
    call = Optional.of(sending);
    sending.send().onSuccess(this::answered).onFailure(this::unanswered);
    settlement.takeApart();
  }

  /** The audience's pace changed, it left, or followers came or went. */
  void audienceChanged() {
    if (done) {
      return;
    }
    if (audience.isGone() && leader.followers() == 0 && !worthFinishing()) {
      abandon();
    } else {
      pace();
    }
  }

  private boolean worthFinishing() {
    return order.terms().finishAfterDisconnect() && answer.isPresent() && !overflowed();
  }

  private void abandon() {
    done = true;
    call.ifPresent(Upstream.Call::cancel);
    leader.fail(UpstreamException.Kind.CLIENT_GONE.token());
  }

  private void answered(Upstream.Answer arrived) {
    if (done) {
      arrived.cancel();
      return;
    }
    answer = Optional.of(arrived);
    if (MediaType.isEventStream(arrived.fields())) {
      beginStream(arrived);
    }
    arrived.start(this);
    pace();
  }

  private void beginStream(Upstream.Answer arrived) {
    recorder = order.terms().recorder(arrived);
    passing = true;
    if (recorder.isPresent()) {
      audience.head(arrived.status(), arrived.fields(), true, "");
      leader.head(arrived.status(), arrived.fields());
    } else {
      String reason = order.terms().streamRefusal(arrived).orElse(PassReason.NO_STORE).token();
      audience.head(arrived.status(), arrived.fields(), true, reason);
      leader.refuse(reason);
    }
  }

  @Override
  public void chunk(Buffer chunk) {
    if (done) {
      return;
    }
    if (passing) {
      passOn(chunk);
    } else {
      collect(chunk);
    }
  }

  private void passOn(Buffer chunk) {
    if (recorder.isPresent()) {
      Bytes bytes = Bytes.owned(chunk.getBytes());
      recorder.get().feed(bytes);
      leader.chunk(bytes);
    }
    audience.chunk(chunk);
    pace();
  }

  private void collect(Buffer chunk) {
    collected = collected.length() == 0 ? chunk.copy() : collected.appendBuffer(chunk);
    if (collected.length() > order.terms().maxEntryBytes()) {
      passing = true;
      leader.refuse(PassReason.TOO_LARGE.token());
      var arrived = answer.orElseThrow();
      audience.head(arrived.status(), arrived.fields(), false, PassReason.TOO_LARGE.token());
      audience.chunk(collected);
      collected = Buffer.buffer();
      pace();
    }
  }

  private boolean overflowed() {
    return passing && recorder.isEmpty();
  }

  @Override
  public void end(Fields trailers) {
    if (done) {
      return;
    }
    done = true;
    if (recorder.isPresent()) {
      endStream(recorder.get());
    } else if (passing) {
      audience.end();
    } else {
      endWhole(answer.orElseThrow(), Buffers.owned(collected));
    }
  }

  private void endStream(StreamRecorder recording) {
    relay
        .offload()
        .reading(recording.size(), recording::finish)
        .otherwise(new Recording.Incomplete(PassReason.UNREADABLE))
        .onSuccess(this::recorded);
  }

  private void recorded(Recording recording) {
    switch (recording) {
      case Recording.Incomplete(PassReason reason) when reason == PassReason.INCOMPLETE -> {
        leader.fail(reason.token());
        audience.failed(
            new UpstreamException(
                UpstreamException.Kind.BROKEN, "the stream ended before its last event"));
      }
      case Recording.Incomplete(PassReason reason) -> {
        leader.refuse(reason.token());
        audience.end();
      }
      case Recording.Complete(Bytes body, var facts) -> {
        var arrived = answer.orElseThrow();
        settlement
            .settle(arrived, Entry.Form.EVENT_STREAM, body, order.terms().judgeStream(facts))
            .onComplete(_ -> audience.end());
      }
    }
  }

  private void endWhole(Upstream.Answer arrived, Bytes body) {
    relay
        .offload()
        .reading(body.size(), () -> order.terms().judgeWhole(arrived, body))
        .onSuccess(verdict -> judged(arrived, body, verdict))
        .onFailure(defect -> judged(arrived, body, new Verdict.Pass(PassReason.UNREADABLE)));
  }

  private void judged(Upstream.Answer arrived, Bytes body, Verdict verdict) {
    settlement
        .settle(arrived, Entry.Form.JSON, body, verdict)
        .onComplete(_ ->
            audience.whole(
                arrived.status(),
                arrived.fields(),
                body,
                verdict instanceof Verdict.Keep,
                verdict instanceof Verdict.Pass(PassReason reason) ? reason.token() : ""));
  }

  @Override
  public void failed(UpstreamException cause) {
    if (!done) {
      done = true;
      leader.fail(cause.kind().token());
      audience.failed(cause);
    }
  }

  private void unanswered(Throwable cause) {
    failed(
        cause instanceof UpstreamException known
            ? known
            : new UpstreamException(UpstreamException.Kind.BROKEN, cause.getClass().getName()));
  }

  private void pace() {
    if (done || answer.isEmpty()) {
      return;
    }
    boolean wanted =
        !passing
            || !audience.behind()
            || leader.hungry()
            || (audience.isGone() && worthFinishing());
    if (wanted != flowing) {
      flowing = wanted;
      if (wanted) {
        answer.get().resume();
      } else {
        answer.get().pause();
      }
    }
  }
}
