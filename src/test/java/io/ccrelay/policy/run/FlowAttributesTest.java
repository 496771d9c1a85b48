package io.ccrelay.policy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.EffectivePolicy;
import io.ccrelay.policy.PolicyException;
import io.ccrelay.policy.PolicyReader;
import io.ccrelay.policy.PolicyText;
import io.ccrelay.policy.Profile;
import io.ccrelay.policy.Scope;
import io.ccrelay.policy.expression.PolicyContext.Api;
import io.ccrelay.policy.expression.PolicyContext.Deployment;
import io.ccrelay.policy.expression.PolicyContext.Operation;
import io.ccrelay.policy.expression.Url;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Waits and traces: what a run asks of whoever drives it. */
class FlowAttributesTest {

  private static final Url SERVICE = new Url("http", "127.0.0.1", 80, "", "");

  /** Remembers traces; chance gives the same number each time. */
  private static final class Recorder implements Host {
    final List<Line> lines = new ArrayList<>();

    @Override
    public Instant now() {
      return Instant.parse("2026-01-01T00:00:00Z");
    }

    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public boolean tracing() {
      return false;
    }

    @Override
    public void trace(Line line) {
      lines.add(line);
    }

    @Override
    public void tokens(TokenMetric metric) {}

    @Override
    public UUID guid() {
      return new UUID(1, 2);
    }

    /** A jitter of exactly one. */
    @Override
    public int seed() {
      return 1 << 30;
    }
  }

  private final Recorder host = new Recorder();

  private List<Effect> effects(String inbound) throws PolicyException {
    var text = "<policies><inbound>" + inbound + "</inbound></policies>";
    var read =
        new PolicyReader(Map.of(), Map.of(), false).read(new PolicyText("d", text), Scope.API);
    var plan = Plan.of(EffectivePolicy.of(List.of(read.document())), Profile.DEFAULTS);
    var surroundings =
        new Surroundings(
            new Api("web", "web", "/", "1", "", true, List.of(), SERVICE, "h", "q"),
            new Operation("", "", "", ""),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new Deployment("", "s", "s", "g", "i", Map.of()),
            List.of(),
            Map.of(),
            Map.of(),
            Profile.DEFAULTS,
            RunLimits.DEFAULTS);
    var request =
        new Request(
            "GET", SERVICE, SERVICE, "/", Fields.none(), "10.0.0.1", Map.of(), Optional.empty());
    var run = new PolicyRun(plan, new Conversation(surroundings, host, request));
    var all = new ArrayList<Effect>();
    Effect effect = run.start();
    while (!(effect instanceof Effect.Reply)) {
      all.add(effect);
      effect =
          run.resume(
              effect instanceof Effect.Together
                  ? new Answer.Joined(Optional.empty())
                  : Answer.DONE);
    }
    return all;
  }

  /** The pauses of a {@code retry}, in milliseconds. */
  private List<Long> pauses(String attributes) throws PolicyException {
    return effects("<retry condition=\"@(true)\" " + attributes + "></retry>").stream()
        .map(effect -> ((Effect.Delay) effect).time().toMillis())
        .toList();
  }

  @Test
  void intervalIsTheTimeBetweenRepetitions() throws PolicyException {
    assertEquals(List.of(2000L, 2000L, 2000L), pauses("count=\"3\" interval=\"@(2)\""));
    assertEquals(List.of(), pauses("count=\"3\" interval=\"0\""));
  }

  @Test
  void deltaIsAddedEachTime() throws PolicyException {
    assertEquals(List.of(2000L, 5000L, 8000L), pauses("count=\"3\" interval=\"2\" delta=\"@(3)\""));
  }

  @Test
  void maxIntervalMakesPausesGrowExponentiallyAndEndsIt() throws PolicyException {
    assertEquals(
        List.of(3000L, 4000L, 6000L, 7000L, 7000L),
        pauses("count=\"5\" interval=\"2\" delta=\"1\" max-interval=\"@(7)\""));
  }

  @Test
  void firstFastRetryFollowsAtOnce() throws PolicyException {
    assertEquals(
        List.of(2000L, 2000L), pauses("count=\"3\" interval=\"2\" first-fast-retry=\"@(true)\""));
  }

  @Test
  void countIsTheNumberOfRepetitionsWhileTheConditionHolds() throws PolicyException {
    assertEquals(4, pauses("count=\"@(4)\" interval=\"1\"").size());
    assertEquals(
        List.of(), effects("<retry condition=\"@(false)\" count=\"4\" interval=\"1\"></retry>"));
  }

  @Test
  void waitSaysWhetherTheFirstIsEnough() throws PolicyException {
    String wait = "<wait for=\"%s\"><cache-lookup-value key=\"k\" variable-name=\"v\" /></wait>";
    for (String which : new String[] {"all", "any", "@(\"any\")"}) {
      var together = (Effect.Together) effects(wait.formatted(which)).getFirst();
      assertEquals(which.contains("any"), together.any());
      assertEquals(1, together.branches().size());
    }
  }

  @Test
  void traceHasASourceASeverityAMessageAndMetadata() throws PolicyException {
    effects(
        "<trace source=\"s\" severity=\"error\"><message>@(\"m\" + 1)</message>"
            + "<metadata name=\"n\" value=\"@(2)\" /></trace><trace source=\"t\"><message>m</message></trace>");
    assertEquals(
        List.of(
            new Host.Line("s", "error", "m1", Map.of("n", "2")),
            new Host.Line("t", "verbose", "m", Map.of())),
        host.lines);
  }
}
