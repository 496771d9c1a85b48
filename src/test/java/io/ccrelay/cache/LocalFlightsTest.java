package io.ccrelay.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.Fields;
import io.ccrelay.testing.FakeClock;
import io.ccrelay.testing.Turns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalFlightsTest {

  private static final Key KEY = Key.of("key");

  static final Entry ENTRY =
      new Entry(
          200,
          Entry.Form.JSON,
          FakeClock.START,
          Duration.ofHours(1),
          Duration.ZERO,
          Fields.none(),
          List.of(),
          Map.of(),
          Usage.NONE,
          Bytes.utf8("{}"));

  private final LocalFlights flights = new LocalFlights();
  private final Turns leading = new Turns();
  private final Turns following = new Turns();
  private final Hearing hearing = new Hearing();

  private Flights.Leader lead() {
    return assertInstanceOf(Flights.Seat.Lead.class, flights.boardHere(KEY, leading, new Hearing()))
        .leader();
  }

  private Flights.Seat.Follow follow(Hearing follower) {
    return assertInstanceOf(Flights.Seat.Follow.class, flights.boardHere(KEY, following, follower));
  }

  private void settle() {
    leading.all();
    following.all();
    leading.all();
  }

  @Test
  void theFirstLeadsAndTheOthersFollow() {
    lead();
    follow(hearing);

    assertEquals(1, flights.size());
    assertInstanceOf(
        Flights.Seat.Lead.class, flights.boardHere(Key.of("other"), following, new Hearing()));
    assertEquals(2, flights.size());
  }

  @Test
  void aFollowerHearsWhatWasSaidBeforeAndThenEverything() {
    var leader = lead();
    leader.head(200, Fields.none());
    leader.chunk(Bytes.utf8("1"));
    follow(hearing);
    settle();
    leader.chunk(Bytes.utf8("2"));
    leader.complete(ENTRY);
    settle();

    assertEquals(List.of("head 200", "chunk 1", "chunk 2", "complete 200"), hearing.heard());
  }

  @Test
  void nothingIsHeardOnAnyButTheFollowersContext() {
    var leader = lead();
    follow(hearing);
    leading.all();
    leader.complete(ENTRY);
    leading.all();

    assertEquals(List.of(), hearing.heard());
  }

  @Test
  void anAnswerNotToBeSharedSendsEverybodyOnAlone() {
    var leader = lead();
    follow(hearing);
    leader.refuse("set-cookie");
    settle();

    assertEquals(List.of("alone set-cookie"), hearing.heard());
    lead();
  }

  @Test
  void afterAFailureTheNextToBoardLeads() {
    var leader = lead();
    follow(hearing);
    leader.fail("upstream");
    assertEquals(0, flights.size());
    settle();

    assertEquals(List.of("leaderless upstream"), hearing.heard());
    lead();
  }

  @Test
  void onlyTheFirstEndingCounts() {
    var leader = lead();
    follow(hearing);
    settle();
    leader.complete(ENTRY);
    var next = lead();

    leader.fail("late");
    leader.refuse("late");
    leader.chunk(Bytes.utf8("late"));
    settle();

    assertEquals(List.of("complete 200"), hearing.heard());
    follow(new Hearing());
    next.fail("end");
  }

  @Test
  void whoLeftHearsNothingEvenOfWhatIsUnderWay() {
    var leader = lead();
    var seat = follow(hearing);
    leader.head(200, Fields.none());
    leading.all();

    seat.subscription().leave();
    settle();
    leader.complete(ENTRY);
    settle();

    assertEquals(List.of(), hearing.heard());
  }

  @Test
  void theLeaderKnowsHowManyFollowAndWhetherAnyTakesMore() {
    var leader = lead();
    var changes = new ArrayList<String>();
    leader.onChange(() -> changes.add(leader.followers() + " " + leader.hungry()));
    assertFalse(leader.hungry());

    var first = follow(hearing).subscription();
    var second = follow(new Hearing()).subscription();
    settle();
    first.behind(true);
    settle();
    second.behind(true);
    second.behind(true);
    settle();
    first.behind(false);
    settle();
    second.leave();
    first.leave();
    settle();

    assertEquals(List.of("1 true", "2 true", "2 false", "2 true", "1 true", "0 false"), changes);
    assertEquals(0, leader.followers());
  }

  @Test
  void aSupersededFlightGoesOnForThoseOnBoardAndTheNextLeads() {
    var old = lead();
    old.head(200, Fields.none());
    var seat = follow(hearing);
    settle();

    flights.supersede(seat);
    var next = lead();
    flights.supersede(seat);
    assertEquals(1, flights.size());
    old.chunk(Bytes.utf8("1"));
    old.complete(ENTRY);
    settle();

    assertEquals(List.of("head 200", "chunk 1", "complete 200"), hearing.heard());
    follow(new Hearing());
    next.fail("end");
    assertEquals(0, flights.size());
  }

  @Test
  void aStreamLongerThanThePrefixTakesNoMoreFollowers() {
    var small = new LocalFlights(1000);
    var leader =
        assertInstanceOf(Flights.Seat.Lead.class, small.boardHere(KEY, leading, hearing)).leader();
    small.boardHere(KEY, following, hearing);
    settle();
    leader.head(200, Fields.none());
    leader.chunk(Bytes.utf8("x".repeat(800)));
    var justBefore = new Hearing();
    small.boardHere(KEY, following, justBefore);
    leader.chunk(Bytes.utf8("y".repeat(800)));

    assertEquals(0, small.size());
    assertInstanceOf(Flights.Seat.Lead.class, small.boardHere(KEY, following, hearing));
    leader.complete(ENTRY);
    settle();
    assertEquals(4, hearing.heard().size());
    assertEquals(List.of("complete 200"), justBefore.heard());
  }

  @Test
  void whoBoardsAFlightThatJustFilledUpBoardsAgain() {
    var small = new LocalFlights(100);
    var leader =
        assertInstanceOf(Flights.Seat.Lead.class, small.boardHere(KEY, leading, hearing)).leader();
    small.boardHere(KEY, following, hearing);
    leader.head(200, Fields.none());
    leader.chunk(Bytes.utf8("x".repeat(200)));
    settle();

    assertEquals(List.of("leaderless flight-full"), hearing.heard());
  }

  @Test
  void tinyChunksCountWithWhatHoldsThem() {
    var small = new LocalFlights(100 * Flight.CHUNK_OVERHEAD_BYTES);
    var leader =
        assertInstanceOf(Flights.Seat.Lead.class, small.boardHere(KEY, leading, hearing)).leader();
    leader.head(200, Fields.none());
    for (int i = 0; i < 100; i++) {
      leader.chunk(Bytes.utf8("."));
    }

    assertEquals(0, small.size());
  }

  @Test
  void aLeaderWhoseContextIsGoneIsReplaced() {
    lead();
    leading.die();

    assertInstanceOf(Flights.Seat.Lead.class, flights.boardHere(KEY, following, hearing));
    assertEquals(1, flights.size());
  }

  @Test
  void aFollowerWhoseContextIsGoneHarmsNobody() {
    var leader = lead();
    follow(new Hearing());
    var living = new Turns();
    flights.boardHere(KEY, living, hearing);
    leading.all();
    following.die();

    leader.head(200, Fields.none());
    leader.complete(ENTRY);
    settle();
    living.all();

    assertEquals(List.of("head 200", "complete 200"), hearing.heard());
    assertTrue(leading.isIdle());
  }
}
