package io.ccrelay.semantic.index;

import io.ccrelay.cache.Key;
import java.time.Instant;

/** Prints what 100 000 questions take in memory. */
public final class IndexMemory {

  private static final int QUESTIONS = 100_000;
  private static final int PARTITIONS = 50;

  private IndexMemory() {}

  /** Fills an index and measures the heap before and after. */
  public static void main(String[] args) throws InterruptedException {
    var samples = new SampleQuestions();
    var index = new FlatIndex(new FlatIndex.Bounds(QUESTIONS, QUESTIONS, QUESTIONS));
    long before = used();
    for (int i = 0; i < QUESTIONS; i++) {
      var partition = Key.of("partition " + i % PARTITIONS);
      index.add(partition, samples.embedding(), samples.item(i), Instant.EPOCH);
    }
    long after = used();
    System.out.printf(
        "%,d questions of %d dimensions: %.1f MB of heap, %.1f MB by the index's own account%n",
        index.size(), SampleQuestions.DIMENSIONS, (after - before) / 1e6, index.bytes() / 1e6);
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
