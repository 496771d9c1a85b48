package io.ccrelay.semantic.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.VectorIndex.Added;
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
  private static final Key THERE = Key.of("there");

  private final FlatIndex index = new FlatIndex(new Bounds(4, 3, 3));

  private static Embedding vector(double... components) {
    var vector = new float[components.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) components[i];
    }
    return Embedding.of(vector).orElseThrow();
  }

  private static Item item(String name, String scope) {
    return new Item(Key.of(name), name, scope, LATER);
  }

  private Added add(Key partition, String name, String scope, Embedding vector) {
    return index.add(partition, vector, item(name, scope), NOW);
  }

  private List<String> found(Key partition, Embedding vector, double least, Instant now) {
    return index.nearest(partition, vector, 2, least, now).stream()
        .map(neighbour -> neighbour.item().text())
        .toList();
  }

  @Test
  void theNearestComeFirstAndNoneFromAnotherPartition() {
    add(HERE, "a", "s", vector(1, 0));
    add(HERE, "b", "s", vector(1, 1));
    add(HERE, "c", "s", vector(0, 1));
    add(THERE, "d", "t", vector(1, 0));
    assertEquals(List.of("a", "b"), found(HERE, vector(1, 0.1), 0, NOW));
    assertEquals(List.of("a"), found(HERE, vector(1, 0.1), 0.9, NOW));
    assertEquals(List.of("d"), found(THERE, vector(1, 0.1), 0, NOW));
    assertEquals(List.of(), found(Key.of("nowhere"), vector(1, 0), 0, NOW));
  }

  @Test
  void expiredRemovedAndReplacedItemsAreNotFound() {
    add(HERE, "a", "s", vector(1, 0));
    assertEquals(List.of(), found(HERE, vector(1, 0), 0, LATER));
    add(HERE, "a", "s", vector(0, 1));
    assertEquals(1, index.size());
    assertEquals(List.of(), found(HERE, vector(1, 0), 0.5, NOW));
    index.remove(Key.of("a"));
    assertEquals(List.of(), found(HERE, vector(0, 1), 0, NOW));
    assertEquals(0, index.bytes());
    index.remove(Key.of("a"));
  }

  @Test
  void boundsHold() {
    assertEquals(Added.ADDED, add(HERE, "a", "s", vector(1, 0)));
    assertEquals(Added.WRONG_DIMENSIONS, add(HERE, "x", "s", vector(1, 0, 0)));
    assertEquals(Added.ADDED, add(HERE, "b", "s", vector(1, 1)));
    assertEquals(Added.ADDED, add(HERE, "c", "t", vector(0, 1)));
    assertEquals(Added.PARTITION_FULL, add(HERE, "d", "t", vector(0, 1)));
    assertEquals(Added.ADDED, add(THERE, "e", "s", vector(0, 1)));
    assertEquals(Added.SCOPE_FULL, add(THERE, "f", "s", vector(0, 1)));
    assertEquals(4, index.size());
    assertEquals(Added.ADDED, add(THERE, "g", "t", vector(0, 1)));
    assertEquals(4, index.size());
    assertEquals(List.of("b"), found(HERE, vector(1, 0), 0.5, NOW));
    index.clear();
    assertEquals(0, index.size());
  }

  @Test
  void whatExpiredMakesRoom() {
    var gone = new Item(Key.of("a"), "a", "s", NOW.plusSeconds(1));
    index.add(HERE, vector(1, 0), gone, NOW);
    index.add(HERE, vector(1, 0), item("b", "s"), NOW.plusSeconds(20));
    assertEquals(1, index.size());
  }

  @Test
  void anotherDimensionFindsNothing() {
    add(HERE, "a", "s", vector(1, 0));
    assertEquals(List.of(), found(HERE, vector(1, 0, 0), 0, NOW));
  }

  @Property(tries = 60)
  void theResultIsThatOfComparingAll(
      @ForAll @IntRange(min = 1, max = 50) int dimensions, @ForAll long seed) {
    var random = new Random(seed);
    var big = new FlatIndex(new Bounds(300, 300, 300));
    var all = new ArrayList<Embedding>();
    for (int i = 0; i < 200; i++) {
      Embedding vector = random(dimensions, random);
      all.add(vector);
      big.add(HERE, vector, item("" + i, "s"), NOW);
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
}
