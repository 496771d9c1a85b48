package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.ClusteredRelays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two relays of this process that share one cache. */
class TwoRelaysTest {

  private final ClusteredRelays relays = new ClusteredRelays(2);

  @BeforeEach
  void start() throws Exception {
    relays.start();
    relays.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    relays.close();
  }

  @Test
  void whatOneStoredBothServeUntilTheOtherIsToldToPurgeIt() {
    for (int i = 0; i < 8; i++) {
      assertEquals("miss", relays.ask(0, i));
    }
    for (int i = 0; i < 8; i++) {
      int question = i;
      Waiting.until(() -> relays.ask(1, question).equals("hit"), "question " + i + " is a hit");
    }

    JsonObject purged = purge(1, "{\"all\": true}");

    var members = purged.getJsonObject("members");
    assertEquals(2, members.getJsonArray("acknowledged").size(), purged::encode);
    assertEquals(new JsonArray(), members.getJsonArray("missing"));
    assertTrue(purged.getBoolean("durable"), purged::encode);
    assertEquals(8, purged.getInteger("matched"), purged::encode);
    for (int i = 0; i < 8; i++) {
      assertEquals("miss", relays.ask(0, i));
    }
  }

  @Test
  void countersAreThoseOfAllMembers() {
    assertEquals("miss", relays.ask(0, 1));
    String stats = relays.managed(1).get("/admin/cache/stats?cluster=true").body();
    assertTrue(stats.contains(relays.node(0).self()), stats);
  }

  private JsonObject purge(int relay, String selector) {
    return new JsonObject(relays.managed(relay).post("/admin/cache/purge", selector).body());
  }
}
