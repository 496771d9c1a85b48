package io.ccrelay.launch;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.ClusterReport;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.cluster.Bulletin;
import io.ccrelay.cache.cluster.ClusterNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The part that a cluster has in a relay; none, if there is no cluster. */
final class ClusterPart {

  private final Vertx vertx;
  private final Optional<ClusterNode> node;
  private volatile @Nullable Bulletin bulletin;

  ClusterPart(Platform platform) {
    this.vertx = platform.vertx();
    this.node = platform.node();
  }

  /** The store of mode {@code ha}. */
  Future<Store> store() {
    return node.<Future<Store>>map(
            member -> vertx.executeBlocking(() -> member.store(vertx, System::nanoTime)))
        .orElseGet(() ->
            Future.failedFuture(
                new IllegalArgumentException(
                    "cache.mode: ha needs a process that joined the cluster, or"
                        + " cache.olric.addresses")));
  }

  /**
   * Agrees with the other members on the secret of scopes, before anything is served, and again
   * whenever it becomes another one.
   */
  Future<Void> agree(Consumer<Bytes> secret) {
    if (node.isEmpty()) {
      return Future.succeededFuture();
    }
    var opened = new Bulletin(vertx, node.get(), secret);
    bulletin = opened;
    return opened.open();
  }

  /** Whether the cache is used as far as the cluster is concerned. */
  boolean serves() {
    return node.map(member -> member.report().state().serves()).orElse(true);
  }

  /** What is known of the cluster; empty if there is none. */
  Optional<ClusterReport> report() {
    return node.map(ClusterNode::report);
  }

  void close() {
    Bulletin opened = bulletin;
    if (opened != null) {
      opened.close();
    }
  }
}
