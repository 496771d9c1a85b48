package io.ccrelay.semantic.index;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Embedding;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Prints what a graph of neighbours (JVector) would gain over the exact search in one partition,
 * and what it would cost: {@code GraphTrial [questions]}, 100 000 by default.
 */
public final class GraphTrial {

  private static final Key PARTITION = Key.of("partition");
  private static final int SEARCHES = 500;
  private static final int NEAREST = 8;

  private final List<Embedding> asked = new ArrayList<>();
  private final Map<Key, Integer> numbers = new HashMap<>();
  private final List<VectorFloat<?>> vectors = new ArrayList<>();
  private final FlatIndex exact;

  private GraphTrial(int questions) {
    var samples = new SampleQuestions();
    exact = new FlatIndex(new FlatIndex.Bounds(questions, questions, questions));
    long began = System.nanoTime();
    for (int i = 0; i < questions; i++) {
      Embedding embedding = samples.embedding();
      var item = samples.item(i);
      exact.add(PARTITION, embedding, item, Instant.EPOCH);
      numbers.put(item.entry(), i);
      vectors.add(vector(embedding));
    }
    System.out.printf("exact: %d inserted in %.1f s%n", questions, since(began) / 1e9);
    for (int i = 0; i < SEARCHES; i++) {
      asked.add(samples.embedding());
    }
  }

  private static VectorFloat<?> vector(Embedding embedding) {
    var numbers = new float[embedding.dimensions()];
    embedding.copyTo(numbers, 0);
    return VectorizationProvider.getInstance().getVectorTypeSupport().createFloatVector(numbers);
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    new GraphTrial(args.length > 0 ? Integer.parseInt(args[0]) : 100_000).run();
  }

  private void run() throws IOException {
    time("exact", i -> exact.nearest(PARTITION, asked.get(i), NEAREST, 0.7, Instant.EPOCH));
    var values = new ListRandomAccessVectorValues(vectors, SampleQuestions.DIMENSIONS);
    var builder =
        new GraphIndexBuilder(
            values, VectorSimilarityFunction.DOT_PRODUCT, 16, 100, 1.2f, 1.2f, false);
    long began = System.nanoTime();
    for (int i = 0; i < vectors.size(); i++) {
      builder.addGraphNode(i, vectors.get(i));
    }
    ImmutableGraphIndex graph = builder.getGraph();
    System.out.printf(
        "graph: inserted in %.1f s, %.0f us each, one thread; %.0f MB beside the vectors%n",
        since(began) / 1e9, since(began) / 1e3 / vectors.size(), builder.ramBytesUsed() / 1e6);
    for (int wide : new int[] {NEAREST, 50, 100}) {
      time("graph, " + wide + " candidates", i -> search(values, graph, i, wide));
      System.out.printf("  finds the nearest of all in %.3f%n", recall(values, graph, wide));
    }
    builder.close();
  }

  private int search(
      ListRandomAccessVectorValues values, ImmutableGraphIndex graph, int i, int wide) {
    var found =
        GraphSearcher.search(
            vector(asked.get(i)),
            NEAREST,
            wide,
            values,
            VectorSimilarityFunction.DOT_PRODUCT,
            graph,
            Bits.ALL);
    return found.getNodes().length == 0 ? -1 : found.getNodes()[0].node;
  }

  private double recall(ListRandomAccessVectorValues values, ImmutableGraphIndex graph, int wide) {
    int same = 0;
    for (int i = 0; i < SEARCHES; i++) {
      var best = exact.nearest(PARTITION, asked.get(i), 1, -1, Instant.EPOCH).getFirst();
      same += numbers.get(best.item().entry()) == search(values, graph, i, wide) ? 1 : 0;
    }
    return (double) same / SEARCHES;
  }

  private static void time(String what, IntConsumer search) {
    var took = new long[SEARCHES];
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < SEARCHES; i++) {
        long began = System.nanoTime();
        search.accept(i);
        took[i] = since(began);
      }
    }
    Arrays.sort(took);
    System.out.printf(
        "%s: search p50 %.0f us, p99 %.0f us%n",
        what, took[SEARCHES / 2] / 1e3, took[SEARCHES * 99 / 100] / 1e3);
  }

  private static long since(long began) {
    return System.nanoTime() - began;
  }
}
