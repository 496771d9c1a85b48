package io.ccrelay.cache.bus;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The addresses of one deployment, one per event loop of a Vert.x instance. Safe for use from any
 * context.
 */
final class LoopAddresses {

  private static final AtomicInteger DEPLOYMENTS = new AtomicInteger();

  private final Map<EventExecutor, String> byLoop;
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();

  LoopAddresses(Vertx vertx) {
    String prefix = "io.ccrelay.cache/" + DEPLOYMENTS.incrementAndGet() + "/";
    var loops = ((VertxInternal) vertx).nettyEventLoopGroup();
    var number = new AtomicInteger();
    this.byLoop =
        StreamSupport.stream(loops.spliterator(), false)
            .collect(
                Collectors.toUnmodifiableMap(loop -> loop, _ -> prefix + number.getAndIncrement()));
  }

  /** Number of event loops. */
  int loops() {
    return byLoop.size();
  }

  /** Number of event loops that have a consumer. */
  int covered() {
    return claimed.size();
  }

  /** The address to consume from on {@code context}; empty if its event loop has a consumer. */
  Optional<String> claim(Context context) {
    return Optional.ofNullable(byLoop.get(loopOf(context))).filter(claimed::add);
  }

  /** The address to ask from {@code context}: that of its own event loop, or of any other. */
  String nearest(Context context) {
    String own = byLoop.getOrDefault(loopOf(context), "");
    return claimed.contains(own) ? own : claimed.iterator().next();
  }

  private static EventExecutor loopOf(Context context) {
    return ((ContextInternal) context).nettyEventLoop();
  }
}
