package io.ccrelay.cache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreClosedException;
import io.ccrelay.testing.Await;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NoStoreTest {

  private static final Key KEY = Key.of("key");
  private static final Bytes VALUE = Bytes.utf8("value");

  private final Store store = new NoStore();

  @Test
  @DisplayName("every write succeeds and nothing is found (22, 39-43)")
  void writesSucceedAndNothingIsFound() {
    Await.result(store.set(KEY, VALUE));
    Await.result(store.set(KEY, VALUE, Duration.ofSeconds(1)));
    Await.result(store.setAll(Map.of(KEY, VALUE), Duration.ZERO));
    Await.result(store.delete(KEY));
    Await.result(store.ping());

    assertEquals(Optional.empty(), Await.result(store.get(KEY)));
    assertEquals(Map.of(), Await.result(store.getAll(List.of(KEY))));
    assertFalse(Await.result(store.exists(KEY)));
    assertEquals(Stats.ZERO, Await.result(store.stats()));
  }

  @Test
  void aNegativeTimeToLiveIsRefusedAsEverywhere() {
    Duration negative = Duration.ofNanos(-1);

    Await.failure(IllegalArgumentException.class, store.set(KEY, VALUE, negative));
    Await.failure(IllegalArgumentException.class, store.setAll(Map.of(KEY, VALUE), negative));
  }

  @Test
  @DisplayName("closed, every operation says so; closing again is fine (44-48)")
  void closedEveryOperationSaysSo() {
    Await.result(store.close());
    Await.result(store.close());

    for (Future<?> answer :
        List.of(
            store.get(KEY),
            store.set(KEY, VALUE),
            store.setAll(Map.of(), Duration.ZERO),
            store.delete(KEY),
            store.exists(KEY),
            store.getAll(List.of()),
            store.ping())) {
      Await.failure(StoreClosedException.class, answer);
    }
    assertEquals(Stats.ZERO, Await.result(store.stats()));
  }
}
