package io.ccrelay.cache.cluster.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A {@link Wire} over the clustered event bus: each member consumes from an address that holds its
 * name, so that a message goes to one member and nowhere else. Safe for use from any context.
 */
public final class BusWire implements Wire {

  private static final Logger LOG = LoggerFactory.getLogger(BusWire.class);

  private static final String FROM = "from";
  private static final int NO_ANSWER = 1;

  private final EventBus bus;
  private final String prefix;
  private final String self;
  private final Supplier<List<String>> members;
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile @Nullable MessageConsumer<Buffer> consumer;

  /**
   * A wire that is not open.
   *
   * @param purpose part of the addresses: wires of different purposes do not hear each other
   * @param self the name of this member
   * @param members names of all members
   */
  public BusWire(Vertx vertx, String purpose, String self, Supplier<List<String>> members) {
    this.bus = vertx.eventBus();
    this.prefix = "io.ccrelay." + purpose + "/";
    this.self = self;
    this.members = members;
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public List<String> members() {
    return members.get();
  }

  @Override
  public Future<Buffer> ask(String member, Buffer question, Duration deadline) {
    return bus.<Buffer>request(
            prefix + member, question, from().setSendTimeout(Math.max(1, deadline.toMillis())))
        .map(Message::body);
  }

  @Override
  public void tell(String member, Buffer news) {
    var _ = bus.send(prefix + member, news, from());
  }

  private DeliveryOptions from() {
    return new DeliveryOptions().addHeader(FROM, self);
  }

  @Override
  public Future<Void> open(Listener listener) {
    var opened = bus.<Buffer>consumer(prefix + self, message -> heard(message, listener));
    consumer = opened;
    return opened.completion();
  }

  private void heard(Message<Buffer> message, Listener listener) {
    String member = message.headers().get(FROM);
    // Nothing of a stranger is decoded; other kinds than bytes come from no member of this program.
    if (member == null
        || !members.get().contains(member)
        || !(((Object) message.body()) instanceof Buffer body)) {
      refuse(message, member);
    } else if (message.replyAddress() == null) {
      listener.told(member, body);
    } else {
      listener
          .asked(member, body)
          .onSuccess(message::reply)
          .onFailure(failure -> message.fail(NO_ANSWER, "refused"));
    }
  }

  /** Whoever reaches the port of an open bus can send; members know each other's names. */
  private void refuse(Message<Buffer> message, @Nullable String member) {
    LOG.atLevel(told.compareAndSet(false, true) ? Level.WARN : Level.DEBUG)
        .log(
            "cluster: a message on the event bus from {} is ignored, since that is no member: keep"
                + " others away with cache.olric.secret, cache.cluster.tls or a firewall",
            member == null ? "somebody" : member);
    if (message.replyAddress() != null) {
      message.fail(NO_ANSWER, "not a member");
    }
  }

  @Override
  public Future<Void> close() {
    MessageConsumer<Buffer> opened = consumer;
    return opened == null ? Future.succeededFuture() : opened.unregister();
  }
}
