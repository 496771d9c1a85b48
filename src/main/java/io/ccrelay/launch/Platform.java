package io.ccrelay.launch;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.CacheOptions.Mode;
import io.ccrelay.cache.cluster.ClusterNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a relay runs on: the Vert.x instance of the process, and its membership of a cluster if it
 * is a member.
 */
public record Platform(Vertx vertx, Optional<ClusterNode> node) {

  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
  private static final Duration LONGEST_JOIN = Duration.ofSeconds(30);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  /**
   * Makes the platform that {@code cache} asks for. Blocks while it joins a cluster.
   *
   * @throws IOException naming the setting that is wrong or the address that is taken
   */
  public static Platform open(CacheOptions cache, InstantSource clock)
      throws IOException, InterruptedException {
    if (cache.mode() != Mode.HA || !cache.cluster().embedded()) {
      return new Platform(VertxFactory.create(), Optional.empty());
    }
    ClusterNode node = ClusterNode.join(cache, Version.current(), clock);
    try {
      return new Platform(clustered(node), Optional.of(node));
    } catch (IOException | InterruptedException failure) {
      node.leave();
      throw failure;
    }
  }

  private static Vertx clustered(ClusterNode node) throws IOException, InterruptedException {
    try {
      return VertxFactory.create(node.clusterManager(), node.eventBus(), node.transport())
          .toCompletionStage()
          .toCompletableFuture()
          .get(LONGEST_JOIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw new IOException(
          "cache.olric.bind_addr: the event bus did not start on %s:%d: %s"
              .formatted(node.eventBus().getHost(), node.eventBus().getPort(), cause.getMessage()),
          failure);
    }
  }

  /** Closes the instance and leaves the cluster. Blocks; what cannot be closed is told. */
  public void close() throws InterruptedException {
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      LOG.warn("not closed in order: {}", failure.toString());
    }
    node.ifPresent(ClusterNode::leave);
  }
}
