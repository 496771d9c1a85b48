package io.ccrelay.cache.cluster.flight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who leads, as a registrar knows it. */
class LeasesTest {

  private static final Key KEY = Key.of("key");

  private final Leases leases = new Leases();

  @Test
  void theFirstLeadsUntilItReleasesTheKey() {
    assertEquals(Optional.empty(), leases.claim(KEY, "a", false));
    assertEquals(Optional.of("a"), leases.claim(KEY, "b", false));
    assertEquals(Optional.empty(), leases.claim(KEY, "a", false));
    leases.release(KEY, "b");
    assertEquals(Optional.of("a"), leases.claim(KEY, "b", false));
    leases.release(KEY, "a");
    assertEquals(Optional.empty(), leases.claim(KEY, "b", false));
  }

  @Test
  void aLeaseEndsUnlessItIsRenewed() {
    leases.claim(KEY, "a", false);
    for (int i = 0; i < 3 * Leases.TURNS; i++) {
      leases.turn();
      leases.renew(KEY, "a");
    }
    assertEquals(Optional.of("a"), leases.claim(KEY, "b", false));
    for (int i = 0; i <= Leases.TURNS; i++) {
      leases.turn();
    }
    assertEquals(Optional.empty(), leases.claim(KEY, "b", false));
  }

  @Test
  void aRenewalTellsARegistrarThatDidNotKnow() {
    leases.renew(KEY, "a");
    assertEquals(Optional.of("a"), leases.claim(KEY, "b", false));
    leases.renew(KEY, "c");
    assertEquals(Optional.of("a"), leases.claim(KEY, "b", false));
  }

  @Test
  void forceAndDepartureTakeTheKeyAway() {
    leases.claim(KEY, "a", false);
    assertEquals(Optional.empty(), leases.claim(KEY, "b", true));
    assertEquals(Optional.of("b"), leases.claim(KEY, "a", false));
    leases.forget("b");
    assertEquals(Optional.empty(), leases.claim(KEY, "a", false));
  }

  @Test
  void thereIsABoundBeyondWhichEverybodyLeads() {
    for (int i = 0; i < Leases.MOST; i++) {
      leases.claim(Key.of("key " + i), "a", false);
    }
    assertEquals(Optional.empty(), leases.claim(KEY, "a", false));
    assertEquals(Optional.empty(), leases.claim(KEY, "b", false));
    assertEquals(Leases.MOST, leases.size());
  }

  @Test
  void keysAreSharedOutEvenlyAndMoveOnlyWithTheirMember() {
    var three = List.of("a", "b", "c");
    var counts = new HashMap<String, Integer>();
    int moved = 0;
    for (int i = 0; i < 3000; i++) {
      Key key = Key.of("key " + i);
      String registrar = Registrars.of(key, three);
      counts.merge(registrar, 1, Integer::sum);
      if (!registrar.equals("c") && !Registrars.of(key, List.of("b", "a")).equals(registrar)) {
        moved++;
      }
    }
    assertEquals(0, moved);
    assertTrue(counts.values().stream().allMatch(n -> n > 800), counts.toString());
  }
}
