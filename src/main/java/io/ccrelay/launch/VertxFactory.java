package io.ccrelay.launch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.transport.Transport;
import java.util.concurrent.TimeUnit;

/** Makes the one Vert.x instance of a process. */
public final class VertxFactory {

  private VertxFactory() {}

  /** Settings of libraries that are read once; call before any of their classes is loaded. */
  public static void prepareProcess() {
    setUnlessGiven(
        "vertx.logger-delegate-factory-class-name",
        "io.vertx.core.logging.SLF4JLogDelegateFactory");
  }

  /**
   * One event loop per processor, native transport where there is one, and no cache of files: the
   * program serves none, and a read-only root directory then suffices.
   */
  public static Vertx create() {
    return Vertx.vertx(options());
  }

  /** The same as a member of a cluster, whose event bus is {@code bus} over {@code transport}. */
  static Future<Vertx> create(ClusterManager cluster, EventBusOptions bus, Transport transport) {
    return Vertx.builder()
        .with(options().setEventBusOptions(bus))
        .withTransport(transport)
        .withClusterManager(cluster)
        .buildClustered();
  }

  /** Event loops of {@link #create}. */
  public static int eventLoops() {
    return Runtime.getRuntime().availableProcessors();
  }

  static VertxOptions options() {
    return new VertxOptions()
        .setPreferNativeTransport(true)
        .setEventLoopPoolSize(eventLoops())
        .setDisableTCCL(true)
        .setWorkerPoolSize(8)
        .setInternalBlockingPoolSize(8)
        .setMaxEventLoopExecuteTime(1)
        .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
        .setWarningExceptionTime(2)
        .setWarningExceptionTimeUnit(TimeUnit.SECONDS)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  private static void setUnlessGiven(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
