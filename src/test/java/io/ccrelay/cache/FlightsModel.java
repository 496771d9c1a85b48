package io.ccrelay.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.Fields;
import io.ccrelay.testing.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What flights of one key must do, beside the flights themselves. Each person has a context; who
 * leads a flight acts for it until it ended. Confined to one thread.
 */
final class FlightsModel {

  static final int PERSONS = 5;
  private static final int PREFIX_CHUNKS = 4;
  private static final Key KEY = Key.of("key");
  private static final List<String> TOO_LATE = List.of("leaderless flight-full");

  private final LocalFlights flights =
      new LocalFlights(PREFIX_CHUNKS * (Flight.CHUNK_OVERHEAD_BYTES + 1L) + 50);
  private final List<Turns> contexts = new ArrayList<>();
  private final List<Trip> trips = new ArrayList<>();
  private final List<Rider> riders = new ArrayList<>();
  private Optional<Trip> current = Optional.empty();

  /** A flight as it should be. */
  private static final class Trip {
    final Flights.Leader leader;
    final Turns context;
    final List<String> said = new ArrayList<>();
    boolean doorsClosed;
    Optional<String> ending = Optional.empty();

    Trip(Flights.Leader leader, Turns context) {
      this.leader = leader;
      this.context = context;
    }

    List<String> whole() {
      var whole = new ArrayList<>(said);
      ending.ifPresent(whole::add);
      return whole;
    }
  }

  /** A follower, and what is known of it. */
  private static final class Rider {
    final Trip trip;
    final Hearing hearing;
    final Flights.Seat.Follow seat;
    boolean onBoard;
    boolean behind;
    Optional<List<String>> heardWhenLeaving = Optional.empty();

    Rider(Trip trip, Hearing hearing, Flights.Seat.Follow seat) {
      this.trip = trip;
      this.hearing = hearing;
      this.seat = seat;
    }
  }

  FlightsModel() {
    for (int i = 0; i < PERSONS; i++) {
      contexts.add(new Turns());
    }
  }

  void board(int person) {
    var hearing = new Hearing();
    Turns context = contexts.get(person);
    switch (flights.boardHere(KEY, context, hearing)) {
      case Flights.Seat.Lead(Flights.Leader leader) -> {
        assertTrue(current.isEmpty(), "two lead");
        trips.add(new Trip(leader, context));
        current = Optional.of(trips.getLast());
      }
      case Flights.Seat.Follow seat -> riders.add(new Rider(current.orElseThrow(), hearing, seat));
    }
  }

  void leave(int number) {
    rider(number)
        .ifPresent(rider -> {
          rider.seat.subscription().leave();
          rider.heardWhenLeaving = Optional.of(rider.hearing.heard());
        });
  }

  void behind(int number, boolean behind) {
    rider(number)
        .ifPresent(rider -> {
          rider.seat.subscription().behind(behind);
          rider.behind = behind;
        });
  }

  void supersede(int number) {
    rider(number)
        .ifPresent(rider -> {
          flights.supersede(rider.seat);
          rider.trip.doorsClosed = true;
          emptyIf(rider.trip);
        });
  }

  private Optional<Rider> rider(int number) {
    return riders.isEmpty() ? Optional.empty() : staying(riders.get(number % riders.size()));
  }

  private static Optional<Rider> staying(Rider rider) {
    return Optional.of(rider).filter(one -> one.heardWhenLeaving.isEmpty());
  }

  private void emptyIf(Trip trip) {
    current = current.filter(one -> one != trip);
  }

  void chunk(int number) {
    if (trips.isEmpty()) {
      return;
    }
    Trip trip = trips.get(number % trips.size());
    if (trip.said.isEmpty()) {
      trip.leader.head(200, Fields.none());
      say(trip, "head 200");
      return;
    }
    String text = "" + trip.said.size() % 10;
    trip.leader.chunk(Bytes.utf8(text));
    say(trip, "chunk " + text);
    if (trip.ending.isEmpty() && trip.said.size() > PREFIX_CHUNKS + 1) {
      trip.doorsClosed = true;
      emptyIf(trip);
    }
  }

  private static void say(Trip trip, String event) {
    if (trip.ending.isEmpty()) {
      trip.said.add(event);
    }
  }

  void end(int number, String ending) {
    if (trips.isEmpty()) {
      return;
    }
    Trip trip = trips.get(number % trips.size());
    switch (ending) {
      case "complete 200" -> trip.leader.complete(LocalFlightsTest.ENTRY);
      case "alone token" -> trip.leader.refuse("token");
      default -> trip.leader.fail("token");
    }
    if (trip.ending.isEmpty()) {
      trip.ending = Optional.of(ending);
      emptyIf(trip);
    }
  }

  void run(int person) {
    Turns context = contexts.get(person);
    context.one();
    if (context.isIdle()) {
      riders.stream()
          .filter(rider -> rider.trip.context == context)
          .filter(rider -> !rider.trip.doorsClosed && rider.trip.ending.isEmpty())
          .forEach(rider -> rider.onBoard = true);
    }
  }

  /** What must hold at any moment. */
  void check() {
    assertEquals(current.isPresent() ? 1 : 0, flights.size());
    riders.forEach(FlightsModel::checkHeard);
  }

  private static void checkHeard(Rider rider) {
    List<String> heard = rider.hearing.heard();
    rider.heardWhenLeaving.ifPresent(before -> assertEquals(before, heard));
    long endings = heard.stream().filter(Hearing::isEnding).count();
    assertTrue(endings == 0 || endings == 1 && Hearing.isEnding(heard.getLast()), "" + heard);
    List<String> said = heard.subList(0, heard.size() - (int) endings);
    assertTrue(said.size() <= rider.trip.said.size(), "heard more than was said");
    assertEquals(rider.trip.said.subList(0, said.size()), said);
  }

  /** What must hold when nothing is under way any more. */
  void settleAndCheck() {
    while (contexts.stream().anyMatch(context -> !context.isIdle())) {
      contexts.forEach(Turns::all);
    }
    check();
    riders.stream()
        .filter(rider -> rider.heardWhenLeaving.isEmpty())
        .forEach(FlightsModel::checkWhole);
    trips.stream().filter(trip -> trip.ending.isEmpty()).forEach(this::checkLeaderSees);
  }

  private static void checkWhole(Rider rider) {
    List<String> heard = rider.hearing.heard();
    boolean foundDoorsClosed = !rider.onBoard && rider.trip.doorsClosed && heard.equals(TOO_LATE);
    if (foundDoorsClosed) {
      return;
    }
    if (rider.onBoard) {
      assertEquals(rider.trip.whole(), heard);
    } else if (rider.trip.ending.isPresent()) {
      String ending = rider.trip.ending.get();
      assertTrue(
          heard.equals(List.of(ending)) || heard.equals(rider.trip.whole()), () -> "" + heard);
    } else {
      assertEquals(rider.trip.said, heard);
    }
  }

  private void checkLeaderSees(Trip trip) {
    var aboard =
        riders.stream()
            .filter(rider -> rider.trip == trip && rider.heardWhenLeaving.isEmpty())
            .filter(rider -> !rider.hearing.heard().equals(TOO_LATE))
            .toList();
    assertEquals(aboard.size(), trip.leader.followers());
    assertEquals(aboard.stream().anyMatch(rider -> !rider.behind), trip.leader.hungry());
  }
}
