package io.ccrelay.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.PurgeSelector.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is void after which purges. */
class PurgeLedgerTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Key KEY = Key.ofHex("00ff10");
  private static final List<String> TAGS = List.of("red", "blue");
  private static final Map<String, String> ABOUT =
      Map.of("model", "m", "scope", "0123456789ab", "path", "/v1/messages");

  private static PurgeLedger purged(Kind kind, String value) {
    var selector = new PurgeSelector(kind, value);
    return PurgeLedger.EMPTY.with(PurgeLedger.EMPTY.next(selector, NOON));
  }

  private static boolean covers(PurgeLedger ledger, Instant askedAt) {
    return ledger.covers(KEY, askedAt, TAGS, ABOUT);
  }

  @ParameterizedTest
  @CsvSource({
    "ALL, ''",
    "KEY, 00FF10",
    "TAG, red",
    "TAG, blue",
    "MODEL, m",
    "SCOPE, 0123456789ab",
    "PREFIX, /v1",
    "PREFIX, 00FF"
  })
  void whatASelectorMeansIsVoidIfItWasAskedForUntilThen(Kind kind, String value) {
    var ledger = purged(kind, value);
    assertTrue(covers(ledger, NOON.minusSeconds(60)));
    assertTrue(covers(ledger, NOON));
    assertFalse(covers(ledger, NOON.plusNanos(1000)));
    assertTrue(new PurgeSelector(kind, value).matches(KEY, TAGS, ABOUT));
  }

  @ParameterizedTest
  @CsvSource({
    "KEY, 00ff11",
    "TAG, green",
    "TAG, re",
    "MODEL, M",
    "SCOPE, m",
    "PREFIX, /v2",
    "PREFIX, 01"
  })
  void whatASelectorDoesNotMeanStays(Kind kind, String value) {
    assertFalse(covers(purged(kind, value), NOON.minusSeconds(60)));
    assertFalse(new PurgeSelector(kind, value).matches(KEY, TAGS, ABOUT));
  }

  @Test
  void nothingIsVoidWhereNothingWasPurged() {
    assertFalse(covers(PurgeLedger.EMPTY, Instant.MIN));
  }

  @Test
  void generationsGrowEvenIfTheClockGoesBack() {
    var first = purged(Kind.TAG, "red");
    var next = first.next(new PurgeSelector(Kind.MODEL, "m"), NOON.minusSeconds(9));
    assertEquals(first.latest() + 1, next.generation());
  }

  @Test
  void whatBeginsNowIsAfterEveryPurgeKnownWhoeverDatedIt() {
    var ahead = purged(Kind.TAG, "red");
    Instant now = NOON.minusSeconds(5);
    assertTrue(covers(ahead, now));
    assertFalse(covers(ahead, ahead.beginning(now)));
    assertEquals(NOON.plusSeconds(1), ahead.beginning(NOON.plusSeconds(1)));
    assertEquals(now, PurgeLedger.EMPTY.beginning(now));
  }

  @Test
  void instantsBeyondAllReasonAreComparedToo() {
    assertTrue(covers(purged(Kind.TAG, "red"), Instant.MIN));
    assertFalse(covers(purged(Kind.TAG, "red"), Instant.MAX));
  }

  @Test
  void recordsAreBoundedAndWhatIsForgottenStaysVoid() {
    var ledger =
        PurgeLedger.of(
            IntStream.rangeClosed(0, PurgeLedger.MOST)
                .mapToObj(i -> new PurgeRecord(new PurgeSelector(Kind.TAG, "tag" + i), i))
                .toList());
    assertEquals(PurgeLedger.MOST + 1, ledger.records().size());
    assertTrue(ledger.covers(KEY, Instant.EPOCH, List.of("other"), Map.of()));
    Instant later = Instant.EPOCH.plusNanos(1000);
    assertFalse(ledger.covers(KEY, later, List.of("other"), Map.of()));
    assertTrue(ledger.covers(KEY, later, List.of("tag1"), Map.of()));
  }

  @Test
  void aPurgeOfAllTakesThePlaceOfWhatWasBefore() {
    var ledger = purged(Kind.TAG, "red");
    var all = ledger.with(ledger.next(PurgeSelector.EVERYTHING, NOON));
    assertEquals(1, all.records().size());
  }

  @ParameterizedTest
  @CsvSource({"KEY, ''", "TAG, ''", "ALL, x", "KEY, xyz", "KEY, abc"})
  void aValueThatIsNoneForItsKindIsRefused(Kind kind, String value) {
    assertThrows(IllegalArgumentException.class, () -> new PurgeSelector(kind, value));
  }

  @Test
  void aValueIsNotLongerThanItsBound() {
    String longest = "x".repeat(PurgeSelector.LONGEST_VALUE);
    assertEquals(longest, new PurgeSelector(Kind.TAG, longest).value());
    assertThrows(IllegalArgumentException.class, () -> new PurgeSelector(Kind.TAG, longest + "x"));
  }

  @Provide
  Arbitrary<PurgeLedger> ledgers() {
    return Combinators.combine(
            Arbitraries.of(Kind.TAG, Kind.MODEL, Kind.ALL),
            Arbitraries.integers().between(0, 40),
            Arbitraries.longs().between(0, 30))
        .as((kind, value, generation) ->
            new PurgeRecord(
                new PurgeSelector(kind, kind == Kind.ALL ? "" : "v" + value), generation))
        .list()
        .ofMaxSize(60)
        .map(PurgeLedger::of);
  }

  /** Ledgers whose union is beyond the bound, so that some records are forgotten. */
  @Provide
  Arbitrary<PurgeLedger> large() {
    return Arbitraries.integers()
        .between(0, 700)
        .map(first ->
            PurgeLedger.of(
                IntStream.range(first, first + PurgeLedger.MOST - 200)
                    .mapToObj(i ->
                        new PurgeRecord(
                            new PurgeSelector(Kind.TAG, "v" + i), (i * 7919L + first) % 997))
                    .toList()));
  }

  @Property(tries = 500)
  void itDoesNotMatterInWhichOrderLedgersMeet(
      @ForAll("ledgers") PurgeLedger a,
      @ForAll("ledgers") PurgeLedger b,
      @ForAll("ledgers") PurgeLedger c) {
    mergesAsASet(a, b, c);
  }

  @Property(tries = 30)
  void itDoesNotMatterEvenWhereSomeAreForgotten(
      @ForAll("large") PurgeLedger a,
      @ForAll("large") PurgeLedger b,
      @ForAll("large") PurgeLedger c) {
    mergesAsASet(a, b, c);
  }

  private static void mergesAsASet(PurgeLedger a, PurgeLedger b, PurgeLedger c) {
    assertEquals(a.merge(b), b.merge(a));
    assertEquals(a.merge(b).merge(c), a.merge(b.merge(c)));
    assertEquals(a, a.merge(a));
    assertEquals(a.merge(b), a.merge(b).merge(a));
  }

  @Property(tries = 300)
  void whatEitherMakesVoidBothTogetherDo(
      @ForAll("ledgers") PurgeLedger a, @ForAll("ledgers") PurgeLedger b) {
    for (int i = 0; i <= 40; i++) {
      for (int at = 0; at <= 30; at += 5) {
        Instant asked = Instant.EPOCH.plus(Duration.ofNanos(at * 1000L));
        var tags = List.of("v" + i);
        boolean either =
            a.covers(KEY, asked, tags, Map.of()) || b.covers(KEY, asked, tags, Map.of());
        assertEquals(either, a.merge(b).covers(KEY, asked, tags, Map.of()));
      }
    }
  }

  @Property(tries = 300)
  void whatIsWrittenIsRead(@ForAll("ledgers") PurgeLedger ledger) {
    assertEquals(Optional.of(ledger), PurgeFormat.decode(PurgeFormat.encode(ledger)));
  }

  @Property(tries = 300)
  void damagedBytesAreNoLedger(
      @ForAll("ledgers") PurgeLedger ledger, @ForAll int place, @ForAll byte flip) {
    byte[] bytes = PurgeFormat.encode(ledger).toArray();
    bytes[Math.floorMod(place, bytes.length)] ^= (byte) (flip | 1);
    assertEquals(Optional.empty(), PurgeFormat.decode(Bytes.owned(bytes)));
    Bytes cut = PurgeFormat.encode(ledger).slice(0, Math.floorMod(place, bytes.length));
    assertEquals(Optional.empty(), PurgeFormat.decode(cut));
  }
}
