package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.EffectivePolicy;
import io.ccrelay.policy.PolicyReader;
import io.ccrelay.policy.PolicyText;
import io.ccrelay.policy.Profile;
import io.ccrelay.policy.Scope;
import io.ccrelay.policy.expression.PolicyContext.Api;
import io.ccrelay.policy.expression.PolicyContext.Deployment;
import io.ccrelay.policy.expression.PolicyContext.Operation;
import io.ccrelay.policy.expression.Url;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a policy costs on the event loop beside the calls it makes: a document with a value-cache
 * hit and two {@code choose}, and one that only forwards.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RunBenchmark {

  private static final String FORWARD = "<backend><forward-request /></backend>";

  private static final String DOCUMENT =
      """
      <policies><inbound>
        <cache-lookup-value key="@("data-" + context.Request.IpAddress)" variable-name="cachedData" />
        <choose>
          <when condition="@(!context.Variables.ContainsKey("cachedData"))">
            <rate-limit calls="10" renewal-period="60" />
          </when>
          <otherwise><set-variable name="known" value="@(true)" /></otherwise>
        </choose>
        <choose>
          <when condition="@(context.Request.Headers.GetValueOrDefault("X-Kind", "a") == "b")">
            <set-header name="X-Seen" exists-action="override"><value>b</value></set-header>
          </when>
          <otherwise>
            <set-header name="X-Seen" exists-action="override"><value>@((string)context.Variables["cachedData"])</value></set-header>
          </otherwise>
        </choose>
      </inbound>%s</policies>
      """
          .formatted(FORWARD);

  private static final class StillHost implements Host {
    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public boolean tracing() {
      return false;
    }

    @Override
    public void trace(Line line) {}

    @Override
    public void tokens(TokenMetric metric) {}

    @Override
    public UUID guid() {
      return new UUID(1, 2);
    }

    @Override
    public int seed() {
      return 1;
    }
  }

  private final Host host = new StillHost();
  private final Url service = new Url("http", "127.0.0.1", 80, "", "");
  private final Surroundings surroundings =
      new Surroundings(
          new Api("web", "web", "/", "1", "", true, List.of(), service, "h", "q"),
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
  private final Map<Slot, Bytes> store = new HashMap<>();
  private final Fields fields =
      Fields.of("Host", "127.0.0.1", "Accept", "*/*", "User-Agent", "k6/0.50");
  private Plan governed;
  private Plan bare;

  /** Reads both documents and stores the value. */
  @Setup
  public void read() throws Exception {
    governed = plan(DOCUMENT);
    bare = plan("<policies>" + FORWARD + "</policies>");
    store.put(
        new Slot(
            Keys.of("value", "s", "data-10.0.0.1"),
            io.ccrelay.policy.CachePolicy.CachingType.PREFER_EXTERNAL),
        ValueFormat.encode("kept", host.now()).orElseThrow());
  }

  private static Plan plan(String text) throws Exception {
    var read =
        new PolicyReader(Map.of(), Map.of(), false).read(new PolicyText("d", text), Scope.API);
    return Plan.of(EffectivePolicy.of(List.of(read.document())), Profile.DEFAULTS);
  }

  /** Value-cache hit and two choose. */
  @Benchmark
  public Effect valueHitAndTwoChoose() {
    return drive(governed);
  }

  /** Only forwards. */
  @Benchmark
  public Effect forwardOnly() {
    return drive(bare);
  }

  private Effect drive(Plan plan) {
    var request =
        new Request(
            "GET", service, service, "/data", fields, "10.0.0.1", Map.of(), Optional.empty());
    var run = new PolicyRun(plan, new Conversation(surroundings, host, request));
    Effect effect = run.start();
    while (!(effect instanceof Effect.Reply)) {
      effect = run.resume(answer(effect));
    }
    return effect;
  }

  private Answer answer(Effect effect) {
    return switch (effect) {
      case Effect.Read(Slot slot) -> new Answer.Found(Optional.ofNullable(store.get(slot)));
      case Effect.Forward _ -> new Answer.Answered(Response.of(200, fields));
      default -> Answer.DONE;
    };
  }
}
