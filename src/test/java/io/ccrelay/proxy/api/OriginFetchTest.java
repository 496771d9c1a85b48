package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.LocalFlights;
import io.ccrelay.http.CacheRequest;
import io.ccrelay.http.CacheStatus;
import io.ccrelay.http.Fields;
import io.ccrelay.http.ForwardReason;
import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.HttpKey;
import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.ApiOptions.Caching;
import io.ccrelay.testing.FakeClock;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever throws inside the relay, followers and the client hear of it at once. */
class OriginFetchTest {

  private final FakeClock clock = new FakeClock();
  private final LocalFlights flights = new LocalFlights();
  private final List<String> heard = new ArrayList<>();
  private final Promise<Upstream.Answer> answer = Promise.promise();
  private boolean cancelled;

  /** An audience that notes what it hears, and throws if it is given content. */
  private final class Fragile implements Audience {
    @Override
    public void interim(int status, Fields fields) {}

    @Override
    public void head(int status, Fields fields, CacheStatus cacheStatus) {
      heard.add("client: head");
    }

    @Override
    public void chunk(Buffer chunk) {
      throw new IllegalStateException("defect");
    }

    @Override
    public void end(Fields trailers) {
      throw new IllegalStateException("defect");
    }

    @Override
    public void broken() {}

    @Override
    public void stored(Held held, Bytes content, boolean validated, CacheStatus status) {}

    @Override
    public void refused(int status, String token) {}

    @Override
    public void failed() {
      heard.add("client: failed");
    }

    @Override
    public boolean behind() {
      return false;
    }

    @Override
    public boolean isGone() {
      return false;
    }
  }

  private final class Waiting implements Flights.Follower {
    @Override
    public void head(int status, Fields fields) {}

    @Override
    public void chunk(Bytes chunk) {}

    @Override
    public void complete(Entry entry) {
      heard.add("follower: complete");
    }

    @Override
    public void alone(String token) {
      heard.add("follower: alone, " + token);
    }

    @Override
    public void leaderless(String token) {
      heard.add("follower: leaderless, " + token);
    }
  }

  private final class Scripted implements Upstream {
    @Override
    public Call call(Request request) {
      return new Call() {
        @Override
        public Call onInterim(Interim receiver) {
          return this;
        }

        @Override
        public Future<Answer> send() {
          return answer.future();
        }

        @Override
        public void cancel() {
          cancelled = true;
        }
      };
    }
  }

  private record Reply(int status, Fields fields, Consumer<Upstream.Sink> begin)
      implements Upstream.Answer {
    @Override
    public boolean closeDelimited() {
      return false;
    }

    @Override
    public Optional<Long> length() {
      return Optional.empty();
    }

    @Override
    public void start(Upstream.Sink sink) {
      begin.accept(sink);
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void cancel() {}
  }

  private void started() {
    var key = Key.ofDigest(new byte[32]);
    var leader =
        ((Flights.Seat.Lead) flights.board(key, Runnable::run, new Waiting()).result()).leader();
    var seat = flights.board(key, Runnable::run, new Waiting()).result();
    assertEquals(Flights.Seat.Follow.class, seat.getClass());
    var request =
        CacheRequest.of(
            "GET", HttpKey.of("http", "a", "/"), Fields.none(), HttpCacheOptions.DEFAULTS);
    var scene =
        new Scene(
            clock,
            new Scripted(),
            new Api.Cached(Caching.DEFAULTS, null),
            new ApiCall(null, "GET", "/", Fields.none(), ApiOptions.Timeouts.DEFAULTS),
            new Target("a", request, key));
    var order =
        new Order(
            request, Fields.none(), ForwardReason.URI_MISS, List.of(), Optional.empty(), false);
    new OriginFetch(scene, order, leader, new Fragile()).start();
  }

  private static final Fields FRESH = Fields.of("Cache-Control", "max-age=9");

  @Test
  void anAnswerThatCannotBeReadEndsTheFlight() {
    started();
    complete(new Reply(200, null, sink -> {}));
    assertEquals(List.of("follower: leaderless, internal", "client: failed"), heard);
    assertEquals(true, cancelled);
    assertEquals(0, flights.size());
  }

  @Test
  void contentThatCannotBeHandedOverEndsTheFlight() {
    started();
    complete(new Reply(200, FRESH, sink -> sink.chunk(Buffer.buffer("x"))));
    assertEquals(
        List.of("client: head", "follower: leaderless, internal", "client: failed"), heard);
    assertEquals(true, cancelled);
  }

  @Test
  void anEndThatCannotBeHandedOverEndsTheFlight() {
    started();
    complete(new Reply(204, Fields.none(), sink -> sink.end(Fields.none())));
    assertEquals(0, flights.size());
    assertEquals("client: failed", heard.getLast());
  }

  @Test
  void aFailureIsNoDefect() {
    started();
    answer.fail(new UpstreamException(UpstreamException.Kind.BROKEN, "x"));
    assertEquals(List.of("follower: leaderless, upstream-broken"), heard);
  }

  private void complete(Upstream.Answer reply) {
    assertThrows(RuntimeException.class, () -> answer.complete(reply));
  }
}
