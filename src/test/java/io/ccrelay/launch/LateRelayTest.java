package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.ClusteredRelays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay that joins another which has been at work for a while. */
class LateRelayTest {

  private static final int QUESTIONS = 8;

  private final ClusteredRelays relays = new ClusteredRelays(2);

  @BeforeEach
  void start() throws Exception {
    relays.start();
    for (int i = 0; i < QUESTIONS; i++) {
      assertEquals("miss", relays.ask(0, i));
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    relays.close();
  }

  @Test
  void itAnswersFromWhatIsStoredAndTellsOfAllMembers() throws Exception {
    relays.start();

    for (int i = 0; i < QUESTIONS; i++) {
      int question = i;
      Waiting.until(() -> relays.ask(1, question).equals("hit"), "question " + i + " is a hit");
    }
    var stats = new JsonObject(relays.managed(1).get("/admin/cache/stats?cluster=true").body());
    for (int i = 0; i < 2; i++) {
      assertTrue(stats.encode().contains(relays.node(i).self()), stats::encode);
    }
    var report = new JsonObject(relays.managed(1).get("/admin/cluster").body());
    assertEquals(2, report.getJsonArray("members").size(), report::encode);
    assertOneLeads();
  }

  /** Which one is not said: of two that find each other late, either may lead. */
  private void assertOneLeads() {
    Waiting.until(() -> coordinator(0).equals(coordinator(1)), () -> coordinator(0));
    var members = Set.of(relays.node(0).self(), relays.node(1).self());
    assertTrue(members.contains(coordinator(1)), () -> coordinator(1));
  }

  private String coordinator(int number) {
    return new JsonObject(relays.managed(number).get("/admin/cluster").body())
        .getString("coordinator");
  }

  @Test
  void whatWasPurgedBeforeItCameItNeitherServesNorTakesBack() throws Exception {
    String entries = relays.managed(0).get("/admin/cache/export").body();
    assertEquals(QUESTIONS, entries.lines().filter(line -> line.contains("\"key\"")).count());
    var _ = relays.managed(0).post("/admin/cache/purge", "{\"model\": \"m\"}");

    relays.start();

    var taken = new JsonObject(relays.managed(1).post("/admin/cache/import", entries).body());
    assertEquals(QUESTIONS, taken.getJsonObject("refused").getInteger("purged"), taken::encode);
    for (int i = 0; i < QUESTIONS; i++) {
      assertEquals("miss", relays.ask(i % 2, i), "question " + i);
    }
  }
}
