package io.ccrelay.semantic.index;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.VectorIndex.Neighbour;
import java.time.Instant;
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

/** What a search in one partition costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NearestBenchmark {

  private static final Key PARTITION = Key.of("partition");

  /** Questions in the partition. */
  @Param({"1000", "10000", "25000"})
  public int questions = 1000;

  private FlatIndex index;
  private Embedding[] asked;
  private int next;

  /** Fills the index. */
  @Setup
  public void prepare() {
    var samples = new SampleQuestions();
    index = new FlatIndex(new FlatIndex.Bounds(questions, questions, questions));
    for (int i = 0; i < questions; i++) {
      index.add(PARTITION, samples.embedding(), samples.item(i), Instant.EPOCH);
    }
    asked = new Embedding[256];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = samples.embedding();
    }
  }

  /** The eight nearest above the least similarity of service. */
  @Benchmark
  public List<Neighbour> nearest() {
    return index.nearest(PARTITION, asked[next++ & 255], 8, 0.7, Instant.EPOCH);
  }
}
