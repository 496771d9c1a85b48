package io.ccrelay.cache.store;

import io.ccrelay.cache.RedisOptions;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to a Redis server: every command ends within the deadline, and a server that fails
 * repeatedly is left alone for a while. Safe for use from any context.
 *
 * <p>A connection belongs to one command from the moment it is sent until its answer is read, also
 * when nobody waits for the answer any more: it goes back to the pool with nothing outstanding, or
 * is closed after {@link #SILENCE} without a byte. So an abandoned answer never reaches another
 * command.
 */
final class RedisLink {

  /** How long a connection may be silent before it is closed, idle or waiting. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Redis redis;
  private final Duration deadline;
  private final RedisBreaker breaker;
  private final RedisComplaints complaints;
  private final AtomicInteger running = new AtomicInteger();
  private final Promise<Void> idle = Promise.promise();
  private final Closeable atEnd = this::end;
  private volatile boolean closing;

  RedisLink(Vertx vertx, RedisOptions options, LongSupplier nanos) {
    this.vertx = vertx;
    this.deadline = options.deadline();
    this.breaker = new RedisBreaker(nanos);
    this.complaints = new RedisComplaints(nanos);
    this.redis = Redis.createClient(vertx, RedisConnections.of(options));
    ((VertxInternal) vertx).addCloseHook(atEnd);
  }

  /** Vert.x ends and has not closed this: a static register of Vert.x would hold both. */
  private void end(Completable<Void> done) {
    redis.close().onComplete(done);
  }

  /** The answer to {@code command}; {@code null} where Redis says so. */
  Future<@Nullable Response> send(Request command) {
    if (!breaker.admits()) {
      return unavailable(Reason.BYPASSED, "redis is left alone for a moment");
    }
    running.incrementAndGet();
    Promise<@Nullable Response> answer = promise();
    long timer =
        vertx.setTimer(
            deadline.toMillis(), _ -> answer.tryFail(failure(Reason.DEADLINE, "no answer")));
    redis
        .send(command)
        .onComplete((response, failure) -> {
          vertx.cancelTimer(timer);
          var _ = failure == null ? answer.tryComplete(response) : answer.tryFail(told(failure));
        });
    return answer.future().onComplete((_, failure) -> ended(failure));
  }

  private void ended(@Nullable Throwable failure) {
    breaker.ended(
        failure instanceof StoreUnavailableException known && known.reason() != Reason.OTHER);
    if (running.decrementAndGet() == 0 && closing) {
      idle.tryComplete();
    }
  }

  /** Waits for what is under way, then closes all connections. */
  Future<Void> close() {
    ((VertxInternal) vertx).removeCloseHook(atEnd);
    closing = true;
    if (running.get() == 0) {
      idle.tryComplete();
    }
    return idle.future().eventually(redis::close);
  }

  private static <T extends @Nullable Object> Promise<T> promise() {
    var caller = ContextInternal.current();
    return caller == null ? Promise.promise() : caller.promise();
  }

  private StoreUnavailableException told(Throwable failure) {
    complaints.of(failure);
    return isRefusal(failure)
        ? failure(Reason.OTHER, "redis refused the command")
        : failure(Reason.NETWORK, "redis cannot be reached");
  }

  /** The client reports a connection that was lost as if the server had said so. */
  static boolean isRefusal(Throwable failure) {
    return failure instanceof ErrorType said && !said.is("CONNECTION_CLOSED");
  }

  private static StoreUnavailableException failure(Reason reason, String detail) {
    return new StoreUnavailableException(reason, detail);
  }

  private static <T extends @Nullable Object> Future<T> unavailable(Reason reason, String detail) {
    return Future.failedFuture(failure(reason, detail));
  }
}
