package io.ccrelay.semantic.guard;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Veto;
import io.ccrelay.semantic.Vetoes.Partition;
import java.util.Set;
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

/** What comparing two questions costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VetoBenchmark {

  private static final String ASKED =
      "How do I change the delivery address of an order that I placed on 3 May?";
  private static final String STORED =
      "What is the way to change the delivery address of an order placed on 3 May?";

  private static final double SIMILARITY = 0.9;
  private static final Partition PARTITION = new Partition(Key.of("partition"));
  private static final String LOWER = "How can I lower my monthly electricity bill?";
  private static final String CUT = "What is the best way to cut the power bill of my flat?";

  private final StandardVetoes vetoes = new StandardVetoes();

  private int next;

  /** Two questions that were compared before. */
  @Benchmark
  public Set<Veto> known() {
    return vetoes.between(PARTITION, ASKED, STORED, SIMILARITY);
  }

  /** Two questions that were compared before, in other words each. */
  @Benchmark
  public Set<Veto> knownInOtherWords() {
    return vetoes.between(PARTITION, LOWER, CUT, SIMILARITY);
  }

  /** A question not seen before, compared with one that was. */
  @Benchmark
  public Set<Veto> asked() {
    return vetoes.between(PARTITION, ASKED + " " + next++, STORED, SIMILARITY);
  }

  /** Reading one question. */
  @Benchmark
  public Object read() {
    return PromptReader.read(ASKED);
  }
}
