package io.ccrelay.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.Fields;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Waiting;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However many exchanges go wrong, in whatever way: the next good one is served. */
class UpstreamLeaksTest {

  private static final int POOL = 3;
  private static final int BAD = 4 * POOL;

  private static final Upstream.Deadlines SHORT =
      new Upstream.Deadlines(
          Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ofMillis(100), Optional.empty());

  private Vertx vertx;
  private Upstreams client;
  private FakeUpstream provider;
  private Upstream.Request get;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    provider = FakeUpstream.start(vertx);
    client = new Upstreams(vertx, Upstreams.poolOf(POOL, BAD));
    get = Upstreams.get(provider.origin(), "/bad");
  }

  @AfterEach
  void stop() {
    client.close();
    provider.close();
    Await.result(vertx.close());
  }

  @Test
  void uploadsThatBreakOff() {
    bad(() -> client.send(Upstreams.with(get, new Upstream.Body.Streamed(new Breaking(10)))));
    goodOneIsServed();
  }

  @Test
  void uploadsThatBreakOffAfterAnEarlyAnswer() {
    provider.early(request -> request.uri().equals("/bad"));
    bad(() -> client.send(Upstreams.with(get, new Upstream.Body.Streamed(new Breaking(10)))));
    goodOneIsServed();
  }

  @Test
  void earlyAnswersToUploadsThatNeverEnd() {
    provider.early(request -> request.uri().equals("/bad"));
    var answers = new ArrayList<Future<Upstreams.Whole>>();
    for (int i = 0; i < BAD; i++) {
      answers.add(client.send(Upstreams.with(get, new Upstream.Body.Streamed(new Unending()))));
    }
    answers.forEach(answer -> assertEquals("{}", Await.result(answer).text()));
    goodOneIsServed();
  }

  @Test
  void downloadsGivenUp() {
    provider.next(unending());
    for (int i = 1; i < BAD; i++) {
      provider.next(unending());
    }
    bad(() -> client.head(get).compose(answer -> client.run(() -> givenUp(answer))));
    goodOneIsServed();
  }

  @Test
  void exchangesGivenUpBeforeTheFirstByteOrStillWaitingForAPlace() {
    var gate = FakeUpstream.gate();
    provider.always(FakeUpstream.hang(gate));
    var calls = new ArrayList<Upstream.Call>();
    var answers = new ArrayList<Future<Upstream.Answer>>();
    for (int i = 0; i < BAD; i++) {
      Upstream.Call call =
          Await.result(client.run(() -> Future.succeededFuture(client.upstream.call(get))));
      calls.add(call);
      answers.add(client.run(call::send));
    }
    gate.await(POOL);
    assertEquals(POOL, client.inUse());
    Await.result(
        client.run(() -> {
          calls.forEach(Upstream.Call::cancel);
          return Future.succeededFuture();
        }));
    answers.forEach(answer -> assertEquals(Kind.CLIENT_GONE, Upstreams.kindOf(answer)));
    assertEquals(POOL, provider.calls());
    provider.always(FakeUpstream.whole(200, "{}"));
    goodOneIsServed();
  }

  @Test
  void upstreamsThatDoNotAnswer() {
    provider.always(FakeUpstream.hang(FakeUpstream.gate()));
    bad(() -> client.send(Upstreams.within(get, SHORT)));
    provider.always(FakeUpstream.whole(200, "{}"));
    goodOneIsServed();
  }

  @Test
  void upstreamsThatStopInTheMiddle() {
    provider.always((seen, response) -> {
      response.setChunked(true);
      response.write("a");
    });
    bad(() -> client.send(Upstreams.within(get, SHORT)));
    provider.always(FakeUpstream.whole(200, "{}"));
    goodOneIsServed();
  }

  @Test
  void requestsThatCannotBeSent() {
    bad(() -> client.send(Upstreams.get(provider.origin(), "/a b")));
    bad(() -> client.send(Upstreams.get(provider.origin(), "/", "X-A", "a\nb")));
    bad(() -> client.send(Upstreams.with(get, new Upstream.Body.Streamed(new Throwing()))));
    goodOneIsServed();
  }

  @Test
  void moreThanMayWaitAreRefusedAtOnceAndThoseThatWaitTooLongLater() {
    var gate = FakeUpstream.gate();
    provider.always(FakeUpstream.hang(gate));
    var impatient =
        new Upstream.Deadlines(
            Duration.ofMillis(300), Duration.ofSeconds(8), Duration.ofSeconds(8), Optional.empty());
    List<Future<Upstreams.Whole>> served = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      served.add(client.send(get));
    }
    gate.await(POOL);
    List<Future<Upstreams.Whole>> waiting = new ArrayList<>();
    for (int i = 0; i < BAD; i++) {
      waiting.add(client.send(Upstreams.within(get, impatient)));
    }
    assertEquals(Kind.BUSY, Upstreams.kindOf(client.send(get)));
    waiting.forEach(answer -> assertEquals(Kind.BUSY, Upstreams.kindOf(answer)));
    gate.end();
    served.forEach(answer -> assertEquals(200, Await.result(answer).status()));
    provider.always(FakeUpstream.whole(200, "{}"));
    goodOneIsServed();
  }

  @Test
  void aConnectionThatIsKeptHoldsNothingOfItsLastExchange() {
    WeakReference<Buffer> content = exchanged();
    Waiting.until(
        () -> {
          System.gc();
          return content.get() == null;
        },
        "the content of a request that was answered is collected");
    assertEquals(1, provider.connected(), "connections kept");
  }

  /** In a frame of its own, which holds nothing when it is left. */
  private WeakReference<Buffer> exchanged() {
    var content = Buffer.buffer("{}");
    var request = Upstreams.with(get, new Upstream.Body.Whole(content));
    assertEquals(200, Await.result(client.send(request)).status());
    client.awaitIdle();
    return new WeakReference<>(content);
  }

  private void bad(Supplier<Future<?>> exchange) {
    var outcomes = new ArrayList<Future<?>>();
    for (int i = 0; i < BAD; i++) {
      outcomes.add(exchange.get());
    }
    outcomes.forEach(outcome -> assertTrue(Await.failure(Throwable.class, outcome) != null));
  }

  private void goodOneIsServed() {
    for (int i = 0; i < 2 * POOL; i++) {
      var good = Upstreams.post(provider.origin(), "/good", "{\"n\":" + i + "}");
      assertTimeout(Duration.ofSeconds(2), () -> Await.result(client.send(good)));
      assertEquals("{\"n\":" + i + "}", provider.last().text());
    }
    client.awaitIdle();
  }

  private static FakeUpstream.Answer unending() {
    return (seen, response) -> {
      response.setChunked(true);
      response.write(Buffer.buffer(new byte[1 << 20]));
    };
  }

  private static Future<Void> givenUp(Upstream.Answer answer) {
    answer.start(
        new Upstream.Sink() {
          @Override
          public void chunk(Buffer chunk) {
            answer.cancel();
          }

          @Override
          public void end(Fields trailers) {
            throw new AssertionError("delivered after it was given up");
          }

          @Override
          public void failed(UpstreamException cause) {
            throw new AssertionError("told after it was given up");
          }
        });
    return Future.failedFuture("given up");
  }

  /** Content that never ends. */
  private static class Unending implements Upstream.Source {
    @Override
    public Optional<Long> length() {
      return Optional.empty();
    }

    @Override
    public void start(Upstream.Sink sink) {
      sink.chunk(Buffer.buffer("abc"));
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}
  }

  /** Content of which only a part arrives. */
  private static final class Breaking extends Unending {
    private final long announced;

    Breaking(long announced) {
      this.announced = announced;
    }

    @Override
    public Optional<Long> length() {
      return Optional.of(announced);
    }

    @Override
    public void start(Upstream.Sink sink) {
      super.start(sink);
      sink.failed(new UpstreamException(Kind.CLIENT_GONE, "test"));
    }
  }

  /** A source with a bug. */
  private static final class Throwing extends Unending {
    @Override
    public void start(Upstream.Sink sink) {
      throw new IllegalStateException("bug");
    }
  }
}
