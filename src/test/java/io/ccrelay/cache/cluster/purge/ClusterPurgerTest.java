package io.ccrelay.cache.cluster.purge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.PurgeFormat;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.PurgeRecord;
import io.ccrelay.cache.PurgeReport;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.PurgeSelector.Kind;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.Usage;
import io.ccrelay.cache.purge.LocalPurge;
import io.ccrelay.cache.purge.PurgeBook;
import io.ccrelay.cache.purge.Swept;
import io.ccrelay.cache.store.CaffeineStore;
import io.ccrelay.http.Fields;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Cluster;
import io.ccrelay.testing.FakeClock;
import io.ccrelay.testing.FlakyWire;
import io.ccrelay.testing.Waiting;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Purges across members of a real cluster on loopback. Each member holds its own entries in a store
 * of its own, as members of a map do.
 */
class ClusterPurgerTest {

  private static Cluster cluster;
  private static int round;

  private final List<Member> members = new ArrayList<>();

  /** A member. */
  private static final class Member {
    final FakeClock clock = new FakeClock();
    final Store store = new CaffeineStore(CacheOptions.Local.DEFAULTS, clock::nanos);
    final PurgeBook book = new PurgeBook(store);
    final FlakyWire wire;
    final ClusterPurger purger;

    Member(Cluster.Node node) {
      wire = new FlakyWire(node.vertx(), node.wire("purge-" + round));
      purger =
          new ClusterPurger(
              node.vertx(),
              wire,
              new LocalPurge(node.vertx(), book, store),
              clock,
              Duration.ofMillis(700));
      clock.advance(Duration.ofMinutes(1));
      Await.result(purger.open());
    }

    Entry keep(String key, String tag) {
      var entry =
          new Entry(
              200,
              Entry.Form.JSON,
              clock.instant(),
              Duration.ofHours(1),
              Duration.ZERO,
              Fields.none(),
              List.of(tag),
              Map.of(),
              Usage.NONE,
              Bytes.utf8("{}"));
      Await.result(store.set(Key.of(key), EntryFormat.encode(entry)));
      return entry;
    }

    boolean holds(String key) {
      return Await.result(store.exists(Key.of(key)));
    }

    PurgeReport purge(Kind kind, String value) {
      return Await.result(purger.purge(new PurgeSelector(kind, value)));
    }
  }

  @BeforeAll
  static void join() {
    cluster = new Cluster(3);
  }

  @AfterAll
  static void leave() {
    cluster.close();
  }

  @BeforeEach
  void open() {
    round++;
    cluster.nodes().forEach(node -> members.add(new Member(node)));
  }

  @AfterEach
  void close() {
    members.forEach(member -> Await.result(member.purger.close()));
  }

  private static Set<String> names(int... indexes) {
    return Arrays.stream(indexes)
        .mapToObj(index -> cluster.node(index).name())
        .collect(Collectors.toSet());
  }

  @Test
  void everyMemberHeedsAPurgeAndTheAnswerSumsUpWhatTheyFound() {
    for (Member member : members) {
      member.keep("a", "red");
      member.keep("b", "blue");
    }
    var counted = Await.result(members.get(1).purger.count(new PurgeSelector(Kind.TAG, "red")));
    assertEquals(3, counted.matched());
    assertTrue(members.get(2).book.get().isEmpty());

    var report = members.get(0).purge(Kind.TAG, "red");

    assertEquals(3, report.matched());
    assertEquals(3, report.removed());
    assertTrue(report.complete() && report.durable());
    assertEquals(names(0, 1, 2), Set.copyOf(report.acknowledged()));
    assertEquals(List.of(), report.missing());
    for (Member member : members) {
      assertFalse(member.holds("a"));
      assertTrue(member.holds("b"));
      assertEquals(members.get(0).book.get(), member.book.get());
    }
  }

  @Test
  void whoDoesNotAnswerIsNamedAndLearnsWhenItIsMetAgain() {
    Entry old = members.get(2).keep("a", "red");
    members.get(2).wire.cut(true);

    var report = members.get(0).purge(Kind.TAG, "red");

    assertEquals(names(0, 1), Set.copyOf(report.acknowledged()));
    assertEquals(names(2), Set.copyOf(report.missing()));
    assertFalse(members.get(2).book.get().covers(Key.of("a"), old));

    members.get(2).purge(Kind.TAG, "blue");
    members.get(2).wire.cut(false);
    members.forEach(member -> member.purger.membersChanged());

    Waiting.until(
        () ->
            members.get(2).book.get().covers(Key.of("a"), old)
                && members.get(0).book.get().equals(members.get(2).book.get())
                && members.get(1).book.get().equals(members.get(2).book.get()),
        "one ledger");
  }

  @Test
  void aClockThatIsAheadDoesNotSaveWhatWasAskedForBefore() {
    members.get(1).clock.advance(Duration.ofSeconds(30));
    Entry ahead = members.get(1).keep("a", "red");

    members.get(0).purge(Kind.TAG, "red");

    for (Member member : members) {
      assertTrue(member.book.get().covers(Key.of("a"), ahead));
    }
    Entry next = members.get(1).keep("a", "red");
    assertTrue(members.get(1).book.get().covers(Key.of("a"), next), "within the same instant");
    members.get(1).clock.advance(Duration.ofMillis(1));
    Entry later = members.get(1).keep("a", "red");
    assertFalse(members.get(0).book.get().covers(Key.of("a"), later));
  }

  @Test
  void oneKeyIsSeenToByTheMemberThatIsAskedAndHeededByAll() {
    Entry entry = members.get(0).keep("a", "red");

    var report = members.get(0).purge(Kind.KEY, Key.of("a").hex());

    assertEquals(1, report.matched());
    assertFalse(members.get(0).holds("a"));
    assertTrue(members.get(2).book.get().covers(Key.of("a"), entry));
  }

  @Test
  void damagedMessagesChangeNothing() {
    String other = members.get(1).wire.self();
    members.get(0).wire.tell(other, Buffer.buffer("nonsense"));
    members.get(0).wire.tell(other, Buffer.buffer());
    Await.failure(
        RuntimeException.class,
        members.get(0).wire.ask(other, Buffer.buffer("\1nonsense"), Duration.ofSeconds(1)));
    assertTrue(members.get(1).book.get().isEmpty());
  }

  @Test
  void messagesAreReadAsTheyWereWritten() {
    var record = new PurgeRecord(new PurgeSelector(Kind.TAG, "red"), 42);
    var all = new PurgeRecord(PurgeSelector.EVERYTHING, 43);
    for (PurgeMessage message :
        List.of(
            new PurgeMessage.Apply(record),
            new PurgeMessage.Apply(all),
            new PurgeMessage.Count(record),
            new PurgeMessage.Learn(PurgeLedger.of(List.of(record, all))),
            new PurgeMessage.Learn(PurgeLedger.EMPTY),
            new PurgeMessage.Done(new Swept(3, 2, true), 44),
            new PurgeMessage.Done(new Swept(3, 2, false), -1))) {
      Buffer bytes = PurgeMessage.encode(message);
      assertEquals(Optional.of(message), PurgeMessage.decode(bytes));
      for (int length = 0; length < bytes.length(); length++) {
        assertEquals(Optional.empty(), PurgeMessage.decode(bytes.slice(0, length)));
      }
    }
    var two =
        PurgeLedger.of(
            List.of(
                new PurgeRecord(new PurgeSelector(Kind.TAG, "a"), 1),
                new PurgeRecord(new PurgeSelector(Kind.TAG, "b"), 1)));
    Buffer apply =
        Buffer.buffer().appendByte((byte) 1).appendBytes(PurgeFormat.encode(two).toArray());
    assertEquals(Optional.empty(), PurgeMessage.decode(apply));
  }
}
