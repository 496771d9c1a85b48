package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Store;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two nodes that live as long as the tests, since starting them takes a second. Each user gets maps
 * of its own.
 */
public final class Pair {

  private static final AtomicInteger MAPS = new AtomicInteger();

  private static final class Holder {
    static final TestNodes NODES = new TestNodes(2);
    static final TestNodes.Started ONE = NODES.start(0);
    static final TestNodes.Started TWO = NODES.start(1);
  }

  private final String map = "map-" + MAPS.incrementAndGet();

  /** A store of the first node over a new map, empty. */
  public Store store() {
    define(Holder.ONE);
    define(Holder.TWO);
    return Holder.ONE.node().store(map, Holder.ONE.vertx(), System::nanoTime);
  }

  /** The second node's store over the same map. */
  public Store other() {
    return Holder.TWO.node().store(map, Holder.TWO.vertx(), System::nanoTime);
  }

  /** The counters of the members 0 or 1, shared by all tests. */
  public static Counters counters(int member) {
    var node = member == 0 ? Holder.ONE : Holder.TWO;
    return node.node().counters(node.vertx(), Duration.ofSeconds(5));
  }

  /** The same, as a client of the first node sees them. */
  static Counters clientCounters() {
    return RemoteStores.counters(Holder.ONE.port(), "test");
  }

  /** Empties the map. */
  public void end() {
    Holder.ONE.node().grid().drop(map);
  }

  private void define(TestNodes.Started node) {
    node.node().grid().make(map, Holder.NODES.options(0));
  }
}
