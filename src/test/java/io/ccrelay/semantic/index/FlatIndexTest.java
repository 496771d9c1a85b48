package io.ccrelay.semantic.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.VectorIndex.Item;
import io.ccrelay.semantic.VectorIndex.Neighbour;
import io.ccrelay.semantic.index.FlatIndex.Bounds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The index finds exactly the nearest of one partition, within its bounds")
class FlatIndexTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Key HERE = Key.of("here");

  @Property(tries = 60)
  void theResultIsThatOfComparingAll(
      @ForAll @IntRange(min = 1, max = 50) int dimensions, @ForAll long seed) {
    var random = new Random(seed);
    var big = new FlatIndex(new Bounds(300, 300, 300));
    var all = new ArrayList<Embedding>();
    for (int i = 0; i < 200; i++) {
      Embedding vector = random(dimensions, random);
      all.add(vector);
      big.add(HERE, vector, new Item(Key.of("" + i), "" + i, "s", LATER), NOW);
    }
    Embedding asked = random(dimensions, random);
    double least = random.nextDouble();
    List<Double> exact =
        all.stream()
            .map(asked::similarity)
            .filter(similarity -> similarity >= least + 1e-3)
            .sorted(Comparator.reverseOrder())
            .limit(5)
            .toList();
    List<Neighbour> found = big.nearest(HERE, asked, 5, least, NOW);
    assertTrue(found.size() >= exact.size());
    for (int i = 0; i < exact.size(); i++) {
      assertEquals(exact.get(i), found.get(i).similarity(), 1e-3);
    }
  }

  private static Embedding random(int dimensions, Random random) {
    var vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return Embedding.of(vector).orElseThrow();
  }

  @Test
  void aSearchLooksAtNoOtherPartition() {
    var index = new FlatIndex(new Bounds(300, 300, 300));
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      Key partition = i < 20 ? HERE : Key.of("there");
      index.add(partition, random(8, random), new Item(Key.of("" + i), "" + i, "s", LATER), NOW);
    }
    index.nearest(HERE, random(8, random), 5, 0, NOW);
    assertEquals(20, index.compared());
  }
}
