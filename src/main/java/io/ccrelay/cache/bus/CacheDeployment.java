package io.ccrelay.cache.bus;

import io.ccrelay.cache.Cache;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@link CacheVerticle} on every event loop of a Vert.x instance, all over one store. Safe for
 * use from any context.
 *
 * <p>A look-up that stays on its event loop costs next to nothing; one that crosses loops costs a
 * third of the throughput. Vert.x gives event loops to verticles in turn, but others take their
 * turn too, so deploying goes on until every loop has a verticle.
 */
public final class CacheDeployment {

  private static final Logger LOG = LoggerFactory.getLogger(CacheDeployment.class);

  /** One round covers all loops unless contexts are made meanwhile; more than a few never help. */
  private static final int ROUNDS = 16;

  private final Vertx vertx;
  private final Store store;
  private final Supplier<PurgeLedger> purges;
  private final LoopAddresses addresses;
  private final Unreadable unreadable = new Unreadable(System::nanoTime);
  private final List<String> deployments = new ArrayList<>();

  private CacheDeployment(Vertx vertx, Store store, Supplier<PurgeLedger> purges) {
    this.vertx = vertx;
    this.store = store;
    this.purges = purges;
    this.addresses = new LoopAddresses(vertx);
  }

  /** Deploys verticles over {@code store} of which nothing is ever purged. */
  public static Future<CacheDeployment> deploy(Vertx vertx, Store store) {
    return deploy(vertx, store, () -> PurgeLedger.EMPTY);
  }

  /**
   * Deploys verticles over {@code store}, which the deployment owns from then on.
   *
   * @param purges the purges known in this process
   */
  public static Future<CacheDeployment> deploy(
      Vertx vertx, Store store, Supplier<PurgeLedger> purges) {
    LocalCodec.registerOn(vertx.eventBus());
    var deployment = new CacheDeployment(vertx, store, purges);
    return deployment.cover(ROUNDS).map(deployment);
  }

  private Future<Void> cover(int rounds) {
    int missing = addresses.loops() - addresses.covered();
    if (missing == 0) {
      return Future.succeededFuture();
    }
    if (rounds == 0) {
      LOG.warn("{} event loops have no cache verticle and ask another's", missing);
      return Future.succeededFuture();
    }
    var everyLoop = new DeploymentOptions().setInstances(addresses.loops());
    return vertx
        .deployVerticle(() -> new CacheVerticle(store, addresses), everyLoop)
        .compose(id -> {
          deployments.add(id);
          return cover(rounds - 1);
        });
  }

  /**
   * The cache for the current context.
   *
   * @param deadline longest wait for an answer
   * @param failures told of every operation that the cache did not answer; on that context
   */
  public Cache client(Duration deadline, Consumer<Reason> failures) {
    ContextInternal context = ((VertxInternal) vertx).getOrCreateContext();
    return new CacheClient(
        storeOn(context, deadline), store.isHere(), purges, unreadable, context, failures);
  }

  /**
   * The store, asked over the event bus from the current context.
   *
   * @param deadline longest wait for an answer
   */
  public Store store(Duration deadline) {
    return storeOn(((VertxInternal) vertx).getOrCreateContext(), deadline);
  }

  private Store storeOn(ContextInternal context, Duration deadline) {
    ContextInternal root = context.unwrap();
    return new BusStore(root, addresses.nearest(root), deadline);
  }

  /** Takes the verticles down, then closes the store. */
  public Future<Void> close() {
    var undeployed = deployments.stream().map(vertx::undeploy).toList();
    return Future.join(undeployed).eventually(store::close).mapEmpty();
  }
}
