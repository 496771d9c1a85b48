package io.ccrelay.policy.expression;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.expression.value.X509;
import io.ccrelay.policy.run.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the expressions of the documented policies cost, the budget included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExpressionBenchmark {

  /** The expression. */
  @Param({
    "@(\"data-\" + context.Request.IpAddress)",
    "@(!context.Variables.ContainsKey(\"cachedData\"))",
    "@((string)context.Variables[\"cachedData\"])",
    "@(context.Variables[\"preferences\"].ToString() == \"none\")",
    "@(((IResponse)context.Variables[\"prefsResponse\"]).Body.As<string>())"
  })
  public String source = "@(true)";

  /** Bytes of the answer that the last one reads. */
  @Param({"16", "2048", "65536"})
  public int size = 16;

  private @Nullable Call call;
  private @Nullable Expression expression;

  /** Evaluates the expression. */
  @Benchmark
  public @Nullable Object evaluate() {
    if (expression == null || call == null) {
      call = new Call(size);
      expression =
          Expression.compile(source, new SourcePosition("bench", 1, 1), ExpressionKind.EXPRESSION);
    }
    call.answer();
    return expression.evaluate(call, new Budget(Budget.Limits.DEFAULT, System::nanoTime));
  }

  /** A call with the variables that the expressions ask for. */
  private static final class Call implements PolicyContext {

    static final Url URL = new Url("https", "a.example", 443, "/a", "");

    private final Map<String, @Nullable Object> variables = new HashMap<>();
    private final Bytes content;

    Call(int size) {
      content = Bytes.utf8("x".repeat(size));
      variables.put("cachedData", "text");
      variables.put("preferences", "none");
    }

    /** Every request has an answer of its own, which nobody read before. */
    void answer() {
      variables.put("prefsResponse", Response.whole(200, Fields.none(), content));
    }

    @Override
    public RequestView request() {
      return new Asked();
    }

    @Override
    public ResponseView response() {
      return Response.of(200, Fields.none());
    }

    @Override
    public Map<String, @Nullable Object> variables() {
      return variables;
    }

    @Override
    public Api api() {
      return new Api("a", "a", "a", "1", "", true, List.of(), null, "", "");
    }

    @Override
    public Operation operation() {
      return new Operation("a", "a", "GET", "/a");
    }

    @Override
    public @Nullable Product product() {
      return null;
    }

    @Override
    public @Nullable Subscription subscription() {
      return null;
    }

    @Override
    public @Nullable User user() {
      return null;
    }

    @Override
    public Deployment deployment() {
      return new Deployment("", "", "", "", "", Map.of());
    }

    @Override
    public @Nullable LastError lastError() {
      return null;
    }

    @Override
    public UUID requestId() {
      return new UUID(0, 0);
    }

    @Override
    public Instant timestamp() {
      return Instant.EPOCH;
    }

    @Override
    public Duration elapsed() {
      return Duration.ZERO;
    }

    @Override
    public boolean tracing() {
      return false;
    }

    @Override
    public void trace(String message) {}

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public Entropy entropy() {
      throw new UnsupportedOperationException();
    }
  }

  /** The request. */
  private static final class Asked implements RequestView {

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public Url url() {
      return Call.URL;
    }

    @Override
    public Url originalUrl() {
      return Call.URL;
    }

    @Override
    public Fields headers() {
      return Fields.none();
    }

    @Override
    public String ipAddress() {
      return "192.0.2.7";
    }

    @Override
    public @Nullable X509 certificate() {
      return null;
    }

    @Override
    public Map<String, String> matchedParameters() {
      return Map.of();
    }

    @Override
    public MessageBody body() {
      return preserveContent -> new byte[0];
    }
  }
}
