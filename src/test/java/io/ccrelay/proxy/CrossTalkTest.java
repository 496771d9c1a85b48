package io.ccrelay.proxy;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Scene;
import io.ccrelay.testing.ScriptedStore;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Twenty tenants ask the same questions at the same time, over kept connections; each answer names
 * the tenant and the question it was made for. Clients leave at random points, look-ups time out,
 * and nobody ever sees a byte of somebody else's.
 */
@DisplayName("A20: no cross-talk under aborts and cache timeouts")
class CrossTalkTest {

  private static final int TENANTS = 20;
  private static final int QUESTIONS = 12;
  private static final Pattern NONCE = Pattern.compile("<(\\w+)>");
  private static final Pattern QUESTION = Pattern.compile("\"content\":\"(\\w+)\"");

  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger hits = new AtomicInteger();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private Scene scene;

  @BeforeEach
  void start() {
    scene =
        Scene.of(
            "cache: {responses: {streaming: true}, deadline: 20ms}",
            setup ->
                setup.around(real -> {
                  var store = new ScriptedStore(real);
                  store.stallEvery(20);
                  return store;
                }));
    scene.upstream.always(CrossTalkTest::answer);
  }

  @AfterEach
  void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  @Test
  void amongThreeThousandRequests() throws InterruptedException {
    soak(150);
  }

  @Test
  @Tag("slow")
  void amongTenThousandRequests() throws InterruptedException {
    soak(500);
  }

  private void soak(int each) throws InterruptedException {
    List<Thread> tenants = new ArrayList<>();
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      int number = tenant;
      tenants.add(Thread.ofVirtual().start(() -> live("t" + number, each, new Random(number))));
    }
    for (Thread tenant : tenants) {
      tenant.join();
    }
    assertEquals(List.of(), wrong.stream().limit(5).toList());
    assertTrue(answered.get() > TENANTS * each * 8 / 10, "answered: " + answered);
    assertTrue(hits.get() > answered.get() / 3, "hits: " + hits);
  }

  private void live(String tenant, int requests, Random random) {
    try {
      for (int i = 0; i < requests; i++) {
        String question = "q" + random.nextInt(QUESTIONS) + (i < requests / 2 ? "a" : "b");
        String body = random.nextInt(3) == 0 ? askStream(question) : ask(question);
        if (random.nextInt(10) == 0) {
          leave(tenant, question, body, random);
        } else {
          check(tenant, question, scene.ask.post("/v1/messages", body, "x-api-key", tenant));
        }
      }
    } catch (IOException | RuntimeException | AssertionError failure) {
      wrong.add(tenant + ": " + failure);
    }
  }

  private void check(String tenant, String question, HttpResponse<String> answer) {
    answered.incrementAndGet();
    if (answer.headers().firstValue("x-cc-relay-cache").orElse("").equals("hit")) {
      hits.incrementAndGet();
    }
    if (answer.statusCode() != 200) {
      wrong.add(tenant + " " + answer.statusCode() + " " + answer.body());
    }
    if (!onlyOwn(answer.body(), tenant + question)) {
      wrong.add(tenant + question + " got " + answer.body());
    }
  }

  /** Whether all of {@code body}, and there is something, is for {@code nonce}. */
  private static boolean onlyOwn(String body, String nonce) {
    Iterator<String> seen = NONCE.matcher(body).results().map(m -> m.group(1)).iterator();
    boolean own = seen.hasNext();
    while (seen.hasNext()) {
      own &= seen.next().equals(nonce);
    }
    return own;
  }

  private void leave(String tenant, String question, String body, Random random)
      throws IOException {
    try (var client = new RawClient(scene.relay.port())) {
      String request = RawClient.post("/v1/messages", body, "x-api-key: " + tenant);
      if (random.nextBoolean()) {
        client.send(request.substring(0, random.nextInt(request.length())));
      } else {
        client.send(request);
        String seen = client.readAtMost(random.nextInt(900));
        if (NONCE.matcher(seen).find() && !onlyOwn(seen, tenant + question)) {
          wrong.add(tenant + question + " saw " + seen);
        }
      }
      client.reset();
    }
  }

  private static void answer(FakeUpstream.Seen seen, HttpServerResponse response) {
    var question = QUESTION.matcher(seen.text());
    String nonce =
        seen.fields().first("x-api-key").orElse("nobody")
            + (question.find() ? question.group(1) : "nothing");
    String text = ("<" + nonce + "> ").repeat(5);
    if (seen.text().contains("\"stream\":true")) {
      response.putHeader("content-type", "text/event-stream").setChunked(true);
      events(text, text, text).forEach(response::write);
      response.end();
    } else {
      response.putHeader("content-type", "application/json").end(message(text));
    }
  }
}
