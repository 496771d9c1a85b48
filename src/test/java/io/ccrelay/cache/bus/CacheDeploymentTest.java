package io.ccrelay.cache.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreClosedException;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.ccrelay.cache.store.CaffeineStore;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.ScriptedStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheDeploymentTest {

  private static final int LOOPS = 4;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
  private final Store store = new CaffeineStore(CacheOptions.Local.DEFAULTS, System::nanoTime);

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private CacheDeployment deployed() {
    return Await.result(CacheDeployment.deploy(vertx, store));
  }

  /** A context on every event loop, as verticles get them. */
  private List<Context> contexts() {
    var contexts = new ArrayList<Context>();
    for (int i = 0; i < LOOPS; i++) {
      contexts.add(((VertxInternal) vertx).createEventLoopContext());
    }
    return contexts;
  }

  /** The thread on which the store is asked when {@code context} asks. */
  private static final class ThreadRecorder {
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    Store over(Store store) {
      return new ScriptedStore(store) {
        @Override
        public Future<Optional<Bytes>> get(Key key) {
          threads.add(Thread.currentThread());
          return super.get(key);
        }
      };
    }
  }

  private void everyLoopIsAnsweredOnItsOwnThread(
      CacheDeployment deployment, ThreadRecorder recorder) {
    var loops = new HashSet<Thread>();
    for (Context context : contexts()) {
      recorder.threads.clear();
      Thread loop = Await.result(askOn(context, deployment));

      assertEquals(Set.of(loop), recorder.threads);
      loops.add(loop);
    }
    assertEquals(LOOPS, loops.size());
  }

  private static Future<Thread> askOn(Context context, CacheDeployment deployment) {
    var asked = Promise.<Thread>promise();
    context.runOnContext(_ ->
        deployment
            .client(DEADLINE, _ -> {})
            .lookup(Key.of("key"))
            .onComplete(_ -> asked.complete(Thread.currentThread())));
    return asked.future();
  }

  @Test
  void everyLoopIsAnsweredOnItsOwnThread() {
    var recorder = new ThreadRecorder();
    var deployment = Await.result(CacheDeployment.deploy(vertx, recorder.over(store)));

    everyLoopIsAnsweredOnItsOwnThread(deployment, recorder);
  }

  @Test
  void everyLoopIsCoveredThoughOthersTakeTheirTurnMeanwhile() throws Exception {
    var recorder = new ThreadRecorder();
    var stop = new AtomicBoolean();
    var others =
        Thread.ofVirtual()
            .start(() -> {
              while (!stop.get()) {
                contexts();
                Thread.yield();
              }
            });
    var deployments =
        IntStream.range(0, 10)
            .mapToObj(_ -> Await.result(CacheDeployment.deploy(vertx, recorder.over(store))))
            .toList();
    stop.set(true);
    others.join();

    deployments.forEach(deployment -> everyLoopIsAnsweredOnItsOwnThread(deployment, recorder));
  }

  @Test
  void aLoopHasOneConsumer() {
    var addresses = new LoopAddresses(vertx);
    for (Context context : contexts()) {
      assertTrue(addresses.claim(context).isPresent());
      assertTrue(addresses.claim(context).isEmpty());
    }
    assertEquals(LOOPS, addresses.covered());
  }

  @Test
  void aLoopWithoutAVerticleAsksAnother() {
    var addresses = new LoopAddresses(vertx);
    var contexts = contexts();
    String only = addresses.claim(contexts.get(2)).orElseThrow();

    for (Context context : contexts) {
      assertEquals(only, addresses.nearest(context));
    }
  }

  @Test
  void twoDeploymentsDoNotShareAddresses() {
    var context = contexts().getFirst();

    assertNotEquals(
        new LoopAddresses(vertx).claim(context), new LoopAddresses(vertx).claim(context));
  }

  @Test
  void allLoopsShareOneStore() {
    var deployment = deployed();
    Store first = deployment.store(DEADLINE);
    Store second = deployment.store(DEADLINE);

    Await.result(first.set(Key.of("key"), Bytes.utf8("value")));

    assertEquals(Optional.of(Bytes.utf8("value")), Await.result(second.get(Key.of("key"))));
  }

  @Test
  void closingOneViewLeavesTheStoreToTheOthers() {
    var deployment = deployed();
    Store view = deployment.store(DEADLINE);

    Await.result(view.close());

    Await.failure(StoreClosedException.class, view.ping());
    Await.result(deployment.store(DEADLINE).ping());
  }

  @Test
  void closingTheDeploymentClosesTheStore() {
    var deployment = deployed();
    Store view = deployment.store(DEADLINE);

    Await.result(deployment.close());

    Await.failure(StoreClosedException.class, store.ping());
    var failure = Await.failure(StoreUnavailableException.class, view.ping());
    assertEquals(Reason.NETWORK, failure.reason());
  }

  @Test
  void aStoreClosedBehindTheBusSaysSo() {
    var deployment = deployed();
    Await.result(store.close());

    Await.failure(StoreClosedException.class, deployment.store(DEADLINE).ping());
  }
}
