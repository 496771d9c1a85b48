package io.ccrelay.proxy.transport;

import static io.ccrelay.proxy.transport.RepeatingServer.get;
import static io.ccrelay.proxy.transport.RepeatingServer.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** However requests are cut into segments and follow each other, each gets its own answer. */
class ShortcutPropertyTest {

  private static RepeatingServer server;

  /** A request and what it gets. */
  private record Exchange(String request, String answer) {}

  private static final List<Exchange> EXCHANGES =
      List.of(
          new Exchange(get("/a"), "/a="),
          new Exchange(get("/b"), "/b="),
          new Exchange(get("/a", "x: y"), "/a="),
          new Exchange(post("/a", "1"), "/a=1"),
          new Exchange(post("/a", get("/b")), "/a=" + get("/b")),
          new Exchange(
              "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
              "/c=ab"));

  /**
   * A step of a client.
   *
   * @param exchange what it asks for
   * @param cut after which byte it pauses its writing
   * @param waits whether it reads all answers that are due before it goes on
   */
  private record Step(Exchange exchange, int cut, boolean waits) {}

  @BeforeContainer
  static void start() {
    server = new RepeatingServer();
  }

  @AfterContainer
  static void stop() {
    int repeated = server.repeated.get();
    server.close();
    assertTrue(repeated > 0, "the short way was taken at all");
  }

  @Property(tries = 150)
  void everyRequestGetsItsOwnAnswer(@ForAll("steps") @Size(min = 1, max = 12) List<Step> steps)
      throws IOException {
    try (var client = server.client()) {
      var due = new ArrayList<String>();
      var pending = new StringBuilder();
      for (Step step : steps) {
        String request = pending + step.exchange().request();
        int cut = Math.min(step.cut(), request.length());
        client.send(request.substring(0, cut));
        pending = new StringBuilder(request.substring(cut));
        due.add(step.exchange().answer());
        if (step.waits()) {
          client.send(pending.toString());
          pending = new StringBuilder();
          collect(client, due);
        }
      }
      client.send(pending.toString());
      collect(client, due);
    }
  }

  private static void collect(RawClient client, List<String> due) throws IOException {
    for (String expected : due) {
      assertEquals(expected, client.answer().orElseThrow().body());
    }
    due.clear();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    var exchanges = Arbitraries.of(EXCHANGES);
    var cuts =
        Arbitraries.oneOf(
            Arbitraries.just(Integer.MAX_VALUE), Arbitraries.integers().between(1, 120));
    return Combinators.combine(exchanges, cuts, Arbitraries.of(true, true, false))
        .as(Step::new)
        .list();
  }
}
