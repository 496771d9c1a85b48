package io.ccrelay.cache.purge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.PurgeFormat;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.PurgeRecord;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.PurgeSelector.Kind;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.store.CaffeineStore;
import io.ccrelay.cache.store.NoStore;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeClock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two books over one store are two nodes of a cluster, or one before and after a restart. */
class PurgeBookTest {

  private final Store store =
      new CaffeineStore(CacheOptions.Local.DEFAULTS, new FakeClock()::nanos);
  private final PurgeBook one = new PurgeBook(store);
  private final PurgeBook other = new PurgeBook(store);

  private static PurgeLedger purgeOf(String tag, long generation) {
    return PurgeLedger.EMPTY.with(new PurgeRecord(new PurgeSelector(Kind.TAG, tag), generation));
  }

  @Test
  void aNodeThatStartsLaterRemembers() {
    one.learn(purgeOf("a", 1));
    assertTrue(Await.result(one.reconcile()));
    assertTrue(other.get().isEmpty());
    assertTrue(Await.result(other.reconcile()));
    assertEquals(one.get(), other.get());
  }

  @Test
  void whatTheStoreLostIsWrittenAnew() {
    one.learn(purgeOf("a", 1));
    Await.result(one.reconcile());
    other.learn(purgeOf("b", 2));
    Await.result(store.set(PurgeFormat.LEDGER, PurgeFormat.encode(purgeOf("c", 3))));

    Await.result(one.reconcile());
    Await.result(other.reconcile());
    Await.result(one.reconcile());

    assertEquals(purgeOf("a", 1).merge(purgeOf("b", 2)).merge(purgeOf("c", 3)), one.get());
    assertEquals(one.get(), other.get());
  }

  @Test
  void aValueThatCannotBeReadIsReplaced() {
    Await.result(store.set(PurgeFormat.LEDGER, Bytes.utf8("nonsense")));
    one.learn(purgeOf("a", 1));
    assertTrue(Await.result(one.reconcile()));
    Await.result(other.reconcile());
    assertEquals(one.get(), other.get());
  }

  @Test
  void whereNothingWasPurgedNothingIsWrittenNorCounted() {
    assertTrue(Await.result(one.reconcile()));
    var stats = Await.result(store.stats());
    assertEquals(0, stats.keyCount() + stats.hits() + stats.misses());
  }

  @Test
  void aStoreThatKeepsNothingOrFailsIsNotCalledDurable() {
    var book = new PurgeBook(new NoStore());
    book.learn(purgeOf("a", 1));
    assertFalse(Await.result(book.reconcile()));

    Await.result(store.close());
    one.learn(purgeOf("a", 1));
    assertFalse(Await.result(one.reconcile()));
    assertEquals(purgeOf("a", 1), one.get());
  }

  @Test
  void listenersHearWhatIsNewAndNothingElse() {
    var heard = new AtomicInteger();
    one.onNews(heard::incrementAndGet);
    one.learn(purgeOf("a", 2));
    one.learn(purgeOf("a", 2));
    one.learn(purgeOf("a", 1));
    assertEquals(1, heard.get());
  }
}
