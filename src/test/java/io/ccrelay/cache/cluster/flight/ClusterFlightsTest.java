package io.ccrelay.cache.cluster.flight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Flights.Seat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Cluster;
import io.ccrelay.testing.FlakyWire;
import io.ccrelay.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flights across members of a real cluster on loopback. */
class ClusterFlightsTest {

  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static final Duration TURN = Duration.ofMillis(100);

  private static Cluster cluster;
  private static int round;

  private final List<Member> members = new ArrayList<>();
  private Key key;

  /** A member with flights, and a context to board from. */
  private static final class Member {
    final FlakyWire wire;
    final ClusterFlights flights;
    final Executor context;

    Member(Cluster.Node node) {
      wire = new FlakyWire(node.vertx(), node.wire("flight-" + round));
      flights = new ClusterFlights(node.vertx(), wire, DEADLINE, TURN);
      var own = node.vertx().getOrCreateContext();
      context = task -> own.runOnContext(_ -> task.run());
      Await.result(flights.open());
    }

    Seat board(Key key, Flights.Follower follower) {
      return Await.result(flights.board(key, context, follower));
    }
  }

  /** What a follower heard, as text. */
  private static final class Heard implements Flights.Follower {
    final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void head(int status, Fields fields) {
      all.add("head " + status + " " + fields.first("a").orElse(""));
    }

    @Override
    public void chunk(Bytes chunk) {
      all.add(chunk.size() > 100 ? "chunk of " + chunk.size() : chunk.toUtf8());
    }

    @Override
    public void complete(Entry entry) {
      all.add("complete " + entry.body().size());
    }

    @Override
    public void alone(String token) {
      all.add("alone " + token);
    }

    @Override
    public void leaderless(String token) {
      all.add("leaderless " + token);
    }

    void await(String... expected) {
      Waiting.until(() -> all.equals(List.of(expected)), () -> "heard " + all);
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
    key = Key.of("key " + round);
    cluster.nodes().stream().limit(3).forEach(node -> members.add(new Member(node)));
  }

  @AfterEach
  void close() {
    members.forEach(member -> Await.result(member.flights.close()));
  }

  private static Entry entry(int size) {
    return new Entry(
        200,
        Entry.Form.EVENT_STREAM,
        Instant.EPOCH,
        Duration.ofMinutes(1),
        Duration.ZERO,
        Fields.none(),
        List.of(),
        Map.of(),
        Usage.NONE,
        Bytes.owned(new byte[size]));
  }

  private Flights.Leader lead(int member) {
    return assertInstanceOf(Seat.Lead.class, members.get(member).board(key, new Heard())).leader();
  }

  private Heard follow(int member) {
    var heard = new Heard();
    assertInstanceOf(Seat.Follow.class, members.get(member).board(key, heard));
    return heard;
  }

  private void on(int member, Runnable task) {
    members.get(member).context.execute(task);
  }

  @Test
  void followersOnOtherMembersHearTheStreamLiveAndInOrder() {
    var leader = lead(0);
    var early = follow(1);
    on(
        0,
        () -> {
          leader.head(200, Fields.of("a", "b"));
          leader.chunk(Bytes.utf8("one"));
        });
    early.await("head 200 b", "one");
    var late = follow(2);
    var beside = follow(0);
    late.await("head 200 b", "one");
    beside.await("head 200 b", "one");
    on(
        0,
        () -> {
          leader.chunk(Bytes.utf8("two"));
          leader.complete(entry(200_000));
        });
    for (Heard each : List.of(early, late, beside)) {
      each.await("head 200 b", "one", "two", "complete 200000");
    }
    Waiting.until(() -> members.stream().allMatch(m -> m.flights.size() == 0), "no flights");
    lead(2);
  }

  @Test
  void aMemberHearsAFlightOnceHoweverManyFollowThere() {
    var leader = lead(0);
    var first = follow(1);
    int asked = members.get(1).wire.asked.get();
    var second = follow(1);
    assertEquals(asked, members.get(1).wire.asked.get());
    on(0, () -> leader.complete(entry(1)));
    first.await("complete 1");
    second.await("complete 1");
  }

  @Test
  void refusalAndFailureReachTheOthersAndTheKeyIsFreeAgain() {
    var first = lead(0);
    var heard = follow(1);
    on(0, () -> first.refuse("truncated"));
    heard.await("alone truncated");
    Waiting.until(() -> members.get(1).flights.size() == 0, "the end");

    var second = lead(1);
    heard = follow(2);
    on(1, () -> second.fail("broken"));
    heard.await("leaderless broken");
    lead(2);
  }

  @Test
  void aLargeStreamWaitsForTheSlowestMemberThatIsTheOnlyAudience() {
    var leader = lead(0);
    var heard = new Heard();
    var seat = assertInstanceOf(Seat.Follow.class, members.get(1).board(key, heard));
    on(1, () -> seat.subscription().behind(true));
    on(0, () -> leader.head(200, Fields.none()));
    heard.await("head 200 ");
    int sent = 0;
    while (hungry(leader) && sent < 200) {
      on(0, () -> leader.chunk(Bytes.owned(new byte[64 << 10])));
      sent++;
    }
    assertTrue(sent < 200, "the leader is never told to wait");
    on(1, () -> seat.subscription().behind(false));
    Waiting.until(() -> hungry(leader), "the leader goes on");
    on(0, () -> leader.complete(entry(3 << 20)));
    int chunks = sent;
    Waiting.until(() -> heard.all.size() == chunks + 2, () -> "all of " + heard.all.size());
    assertEquals("complete " + (3 << 20), heard.all.getLast());
  }

  private boolean hungry(Flights.Leader leader) {
    var answer = io.vertx.core.Promise.<Boolean>promise();
    on(0, () -> on(0, () -> answer.complete(leader.hungry())));
    return Await.result(answer.future());
  }

  @Test
  void aRegistryThatDoesNotAnswerMakesEverybodyLeadAtOnce() {
    members.forEach(member -> member.wire.cut(true));
    long before = System.nanoTime();
    for (int i = 0; i < 3; i++) {
      lead(i);
    }
    assertTrue(System.nanoTime() - before < Duration.ofSeconds(5).toNanos());
    members.forEach(member -> member.wire.cut(false));
  }

  @Test
  void aLeaderThatIsSilentIsGivenUpAndAnotherIsFound() {
    lead(0);
    var heard = follow(1);
    members.get(0).wire.cut(true);
    heard.await("leaderless leader-lost");
    lead(1);
    members.get(0).wire.cut(false);
  }

  @Test
  void aLostMessageEndsTheStreamInsteadOfFalsifyingIt() {
    var leader = lead(0);
    var heard = follow(1);
    on(0, () -> leader.head(200, Fields.none()));
    heard.await("head 200 ");
    members.get(0).wire.lose(news -> news.toString().contains("lost"));
    on(
        0,
        () -> {
          leader.chunk(Bytes.utf8("lost"));
          leader.chunk(Bytes.utf8("next"));
        });
    heard.await("head 200 ", "leaderless news-lost");
    members.get(0).wire.lose(news -> false);
    Waiting.until(() -> members.get(1).flights.size() == 0, "the end");
  }

  @Test
  void whoHasWaitedLongEnoughTakesTheKeyByForceAndTheOthersFollowIt() {
    lead(0);
    var seat = assertInstanceOf(Seat.Follow.class, members.get(1).board(key, new Heard()));
    members.get(1).flights.supersede(seat);
    var leader = lead(1);
    var heard = follow(2);
    on(1, () -> leader.complete(entry(5)));
    heard.await("complete 5");
  }

  @Test
  void aFlightNobodyFollowsAnyMoreIsNotSentAnyMore() {
    var leader = lead(0);
    var seat = assertInstanceOf(Seat.Follow.class, members.get(1).board(key, new Heard()));
    Waiting.until(() -> followers(leader) == 1, "one follower");
    on(1, () -> seat.subscription().leave());
    Waiting.until(() -> followers(leader) == 0, "no follower");
    Waiting.until(() -> members.get(1).flights.size() == 0, "no flight");
  }

  private int followers(Flights.Leader leader) {
    var answer = io.vertx.core.Promise.<Integer>promise();
    on(0, () -> answer.complete(leader.followers()));
    return Await.result(answer.future());
  }

  @Test
  void afterAPurgeNobodyBoardsWhatBeganBefore() {
    lead(0);
    members.forEach(member -> member.flights.supersedeAll());
    lead(1);
  }

  @Test
  void whenTheLeadersMemberGoesAnotherLeadsAtOnce() {
    Cluster.Node fourth = cluster.join();
    Waiting.until(
        () -> cluster.nodes().stream().allMatch(node -> node.members().size() == 4), "one view");
    members.add(new Member(fourth));
    var leader = lead(3);
    var heard = follow(1);
    on(
        3,
        () -> {
          leader.head(200, Fields.none());
          leader.chunk(Bytes.utf8("part"));
        });
    heard.await("head 200 ", "part");
    members.removeLast();
    fourth.close();
    Waiting.until(() -> heard.all.size() == 3, () -> "heard " + heard.all);
    assertTrue(heard.all.getLast().startsWith("leaderless"), heard.all.toString());
    Waiting.until(() -> members.get(1).flights.size() == 0, "the end");
    var next = lead(1);
    var other = follow(2);
    on(1, () -> next.complete(entry(9)));
    other.await("complete 9");
  }
}
