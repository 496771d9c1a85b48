package io.ccrelay.cassette;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.ReplayFields;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.WrappedAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer that is added to a cassette when all of it has passed. Confined to one context. */
final class Recorded implements WrappedAnswer {

  private static final Logger LOG = LoggerFactory.getLogger(Recorded.class);

  /** Largest answer, bytes. */
  private static final int LARGEST = 64 << 20;

  private final Vertx vertx;
  private final Cassette cassette;
  private final Question question;
  private final Upstream.Answer answer;

  Recorded(Vertx vertx, Cassette cassette, Question question, Upstream.Answer answer) {
    this.vertx = vertx;
    this.cassette = cassette;
    this.question = question;
    this.answer = answer;
  }

  /** Not what is a matter of the moment, and not what may be cut off or cannot be read. */
  static boolean isWorthIt(Upstream.Answer answer) {
    int status = answer.status();
    return status < 500
        && status != 408
        && status != 429
        && !answer.closeDelimited()
        && answer
            .fields()
            .joined("content-encoding")
            .filter(coding -> !coding.isBlank() && !coding.equalsIgnoreCase("identity"))
            .isEmpty();
  }

  @Override
  public Upstream.Answer answer() {
    return answer;
  }

  @Override
  public void start(Upstream.Sink sink) {
    answer.start(new Listening(sink));
  }

  private void add(Bytes body) {
    var take = new Take(question, answer.status(), ReplayFields.stored(answer.fields()), body);
    var _ =
        vertx
            .executeBlocking(
                () -> {
                  cassette.add(take);
                  return true;
                },
                false)
            .onFailure(failure -> LOG.error("an answer was not recorded: {}", failure.toString()));
  }

  /** Hands on what comes and keeps a copy. */
  private final class Listening implements Upstream.Sink {

    private final Upstream.Sink sink;
    private final Buffer heard = Buffer.buffer();
    private boolean tooLarge;

    Listening(Upstream.Sink sink) {
      this.sink = sink;
    }

    @Override
    public void chunk(Buffer chunk) {
      tooLarge |= heard.length() + (long) chunk.length() > LARGEST;
      if (!tooLarge) {
        heard.appendBuffer(chunk);
      }
      sink.chunk(chunk);
    }

    @Override
    public void end(Fields trailers) {
      if (!tooLarge) {
        add(Bytes.owned(heard.getBytes()));
      }
      sink.end(trailers);
    }

    @Override
    public void failed(UpstreamException cause) {
      sink.failed(cause);
    }
  }
}
