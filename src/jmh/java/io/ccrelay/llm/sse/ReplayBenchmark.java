package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.llm.Route;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a hit costs whose stored answer has 1000 events: replayed, folded, unfolded. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReplayBenchmark {

  private final Bytes stream = SampleAnswers.messageStream();
  private final Bytes json = Fold.toJson(Route.MESSAGES, stream).orElseThrow();

  /** Event by event. */
  @Benchmark
  public void events(Blackhole sink) {
    new Replay(stream).events().forEachRemaining(sink::consume);
  }

  /** In writes of 16 KiB. */
  @Benchmark
  public void pieces(Blackhole sink) {
    new Replay(stream).pieces(16 << 10).forEachRemaining(sink::consume);
  }

  /** A stored stream for a request without {@code stream}. */
  @Benchmark
  public Optional<Bytes> fold() {
    return WireForm.serve(Entry.Form.EVENT_STREAM, stream, Route.MESSAGES, false, false);
  }

  /** A stored JSON answer for a request with {@code stream}. */
  @Benchmark
  public Optional<Bytes> unfold() {
    return WireForm.serve(Entry.Form.JSON, json, Route.MESSAGES, true, false);
  }
}
