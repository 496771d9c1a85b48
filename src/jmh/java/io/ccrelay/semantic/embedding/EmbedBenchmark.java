package io.ccrelay.semantic.embedding;

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

/** What an embedding in this process costs, on the one thread that asks for it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class EmbedBenchmark {

  /** Tokens of the text, about. */
  @Param({"10", "50", "250"})
  public int tokens = 50;

  private MiniLm model;
  private String text;

  /** Loads the model. */
  @Setup
  public void prepare() throws Exception {
    model = new MiniLm();
    text = "water ".repeat(tokens - 2).strip();
  }

  /** One embedding. */
  @Benchmark
  public float[] embed() {
    return model.embed(text, 384);
  }
}
