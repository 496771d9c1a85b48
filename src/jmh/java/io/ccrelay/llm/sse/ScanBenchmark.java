package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a relayed stream of 1000 events costs: the scan alone, and the record of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScanBenchmark {

  /** Bytes that arrive at a time: about one event, or a buffer full of them. */
  @Param({"150", "16384"})
  public int chunk;

  private List<Bytes> chunks = List.of();

  /** Cuts a stream into chunks, each in an array of its own as a network would give them. */
  @Setup
  public void cut() {
    var stream = SampleAnswers.messageStream();
    chunks = new ArrayList<>();
    for (int at = 0; at < stream.size(); at += chunk) {
      chunks.add(Bytes.owned(stream.slice(at, Math.min(at + chunk, stream.size())).toArray()));
    }
  }

  /** Finds the events. */
  @Benchmark
  public void scan(Blackhole sink) {
    var scanner = new EventScanner(sink::consume);
    chunks.forEach(scanner::feed);
    scanner.end();
  }

  /** Records and judges them. */
  @Benchmark
  public Recording record() {
    var recorder = new StreamRecorder(Route.MESSAGES, 8 << 20);
    chunks.forEach(recorder::feed);
    return recorder.finish();
  }
}
