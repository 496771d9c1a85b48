package io.ccrelay.testing;

import io.ccrelay.cache.cluster.wire.Wire;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A wire that loses what the test says. Safe for use from any thread. */
public final class FlakyWire implements Wire {

  private final Vertx vertx;
  private final Wire wire;
  private volatile boolean cut;
  private volatile Predicate<Buffer> lost = news -> false;
  public final AtomicInteger asked = new AtomicInteger();
  public final AtomicInteger told = new AtomicInteger();

  public FlakyWire(Vertx vertx, Wire wire) {
    this.vertx = vertx;
    this.wire = wire;
  }

  /** Loses everything from now on, in both directions, or nothing. */
  public void cut(boolean now) {
    cut = now;
  }

  /** Loses what is told and accepted by {@code which}. */
  public void lose(Predicate<Buffer> which) {
    lost = which;
  }

  @Override
  public String self() {
    return wire.self();
  }

  @Override
  public List<String> members() {
    return wire.members();
  }

  @Override
  public Future<Buffer> ask(String member, Buffer question, Duration deadline) {
    asked.incrementAndGet();
    return cut
        ? vertx.timer(deadline.toMillis()).compose(_ -> Future.failedFuture("cut"))
        : wire.ask(member, question, deadline);
  }

  @Override
  public void tell(String member, Buffer news) {
    told.incrementAndGet();
    if (!cut && !lost.test(news)) {
      wire.tell(member, news);
    }
  }

  @Override
  public Future<Void> open(Listener listener) {
    return wire.open(
        new Listener() {
          @Override
          public Future<Buffer> asked(String member, Buffer question) {
            return cut ? Promise.<Buffer>promise().future() : listener.asked(member, question);
          }

          @Override
          public void told(String member, Buffer news) {
            if (!cut) {
              listener.told(member, news);
            }
          }
        });
  }

  @Override
  public Future<Void> close() {
    return wire.close();
  }
}
