package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** RFC 9211 section 2. */
class CacheStatusTest {

  @Test
  void aHitSaysHowLongItStaysFresh() {
    assertEquals(
        "cc-relay; hit; ttl=376", CacheStatus.hit(Duration.ofSeconds(376)).member("cc-relay"));
    assertEquals("cc-relay; hit", CacheStatus.hit().member("cc-relay"));
  }

  @Test
  void aStaleHitHasANegativeTtl() {
    assertEquals(
        "cc-relay; hit; ttl=-412", CacheStatus.hit(Duration.ofSeconds(-412)).member("cc-relay"));
  }

  @Test
  void aForwardedRequestNamesItsReasonAndNeverAHit() {
    for (ForwardReason reason : ForwardReason.values()) {
      assertEquals("c; fwd=" + reason.token(), CacheStatus.forward(reason).member("c"));
    }
    assertEquals(
        List.of("bypass", "method", "uri-miss", "vary-miss", "miss", "request", "stale", "partial"),
        Stream.of(ForwardReason.values()).map(ForwardReason::token).toList());
  }

  @Test
  void aValidatedEntryIsStaleWithTheOriginsStatus() {
    assertEquals(
        "c; fwd=stale; fwd-status=304; ttl=60; stored",
        CacheStatus.forward(ForwardReason.STALE)
            .forwardStatus(304)
            .stored(true)
            .ttl(Duration.ofSeconds(60))
            .member("c"));
  }

  @Test
  void collapsingIsSaidOnlyOfForwardedRequests() {
    var miss = CacheStatus.forward(ForwardReason.URI_MISS);
    assertEquals("c; fwd=uri-miss; collapsed", miss.collapsed(true).member("c"));
    assertEquals("c; fwd=uri-miss; collapsed=?0", miss.collapsed(false).member("c"));
    assertEquals(
        "c; hit", CacheStatus.hit().collapsed(true).stored(true).forwardStatus(200).member("c"));
  }

  @Test
  void keyIsAStringAndDetailATokenWhereItCan() {
    assertEquals(
        "c; hit; key=\"a\\\"b\\\\\"; detail=too-large",
        CacheStatus.hit().key("a\"b\\").detail("too-large").member("c"));
    assertEquals(
        "c; hit; key=\"?~? \"; detail=\"1st\"",
        CacheStatus.hit().key("\u00e9~\u007f ").detail("1st").member("c"));
    assertEquals("c; hit; detail=\"\"", CacheStatus.hit().detail("").member("c"));
    assertEquals("c; hit; detail=*a:/", CacheStatus.hit().detail("*a:/").member("c"));
  }

  @Test
  void theNameIsATokenOrAString() {
    assertEquals("relay.example:8080; hit", CacheStatus.hit().member("relay.example:8080"));
    assertEquals("\"my relay\"; hit", CacheStatus.hit().member("my relay"));
  }

  @Test
  void theMemberIsAppendedBehindExistingOnes() {
    var fields = Fields.of("Cache-Status", "origin; hit", "X", "y");
    var appended = CacheStatus.hit().appendTo(fields, "c");
    assertEquals(Optional.of("origin; hit, c; hit"), appended.joined("cache-status"));
    assertEquals(Optional.of("y"), appended.first("X"));
  }
}
