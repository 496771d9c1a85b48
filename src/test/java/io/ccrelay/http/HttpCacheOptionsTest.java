package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HttpCacheOptionsTest {

  private static final Duration OK = Duration.ZERO;
  private static final Duration BAD = Duration.ofSeconds(-1);

  @Test
  void credentialFieldsAreComparedInLowerCase() {
    assertEquals(
        Set.of("x-key"),
        new HttpCacheOptions(List.of(), true, OK, OK, OK, OK, OK, true, Set.of("X-Key"), 1, 1)
            .credentialFields());
  }

  @Test
  void aValueOutOfRangeIsNamedWithWhatIsExpected() {
    refused("heuristic_cap", BAD, OK, OK, OK, OK, 1, 1);
    refused("default_ttl", OK, BAD, OK, OK, OK, 1, 1);
    refused("stale_while_revalidate", OK, OK, BAD, OK, OK, 1, 1);
    refused("stale_if_error", OK, OK, OK, BAD, OK, 1, 1);
    refused("stale_if_disconnected", OK, OK, OK, OK, BAD, 1, 1);
    refused("max_variants", OK, OK, OK, OK, OK, 0, 1);
    refused("max_ranges", OK, OK, OK, OK, OK, 1, 0);
  }

  private static void refused(
      String name,
      Duration cap,
      Duration ttl,
      Duration swr,
      Duration sie,
      Duration lost,
      int most,
      int ranges) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new HttpCacheOptions(
                    List.of(), true, cap, ttl, swr, sie, lost, true, Set.of(), most, ranges));
    assertTrue(refusal.getMessage().startsWith(name + ": "), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("expected: >"), refusal.getMessage());
  }
}
