package io.ccrelay.semantic.index;

import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.VectorIndex.Item;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Some vectors of one partition, side by side: all first components, then all second ones. So laid
 * out, one component of the question meets those of all vectors in a loop without dependencies,
 * which the compiler makes one of vector instructions; the other way round it cannot, because
 * additions of floats may not be reordered.
 *
 * <p>Components are fixed-point numbers of 16 bits: a similarity is off by less than 0.0004, and
 * half the memory is read. Guarded by its shelf.
 */
final class Block {

  /** The most vectors of a block: as many sums stay in the nearest cache. */
  static final int MOST = 1024;

  private static final int FEWEST = 8;
  private static final float SCALE = Short.MAX_VALUE;

  private final int dimensions;
  private int capacity = FEWEST;
  private int size;
  private short[] components;
  private @Nullable Item[] items = new Item[FEWEST];

  Block(int dimensions) {
    this.dimensions = dimensions;
    this.components = new short[dimensions * FEWEST];
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == MOST;
  }

  Item item(int place) {
    return Objects.requireNonNull(items[place]);
  }

  /** Adds a vector. */
  void add(Embedding embedding, Item item) {
    if (size == capacity) {
      resize(2 * capacity);
    }
    var vector = new float[dimensions];
    embedding.copyTo(vector, 0);
    for (int i = 0; i < dimensions; i++) {
      components[i * capacity + size] = (short) Math.round(vector[i] * SCALE);
    }
    items[size++] = item;
  }

  /** Takes a vector out; the last takes its place. */
  void remove(int place) {
    size--;
    for (int i = 0; i < dimensions; i++) {
      components[i * capacity + place] = components[i * capacity + size];
    }
    items[place] = items[size];
    items[size] = null;
    if (size > FEWEST && size < capacity / 4) {
      resize(capacity / 2);
    }
  }

  /** Writes the similarity of each vector to {@code question}, times {@link #SCALE}. */
  void compare(float[] question, float[] sums) {
    Arrays.fill(sums, 0, size, 0);
    for (int i = 0; i < dimensions; i++) {
      addProducts(question[i], components, i * capacity, sums, size);
    }
  }

  /** What {@link #compare} wrote, as a cosine. */
  static double similarity(float sum) {
    return Math.max(-1, Math.min(1, sum / SCALE));
  }

  private static void addProducts(
      float component, short[] components, int from, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += component * components[from + i];
    }
  }

  private void resize(int places) {
    var wider = new short[dimensions * places];
    for (int i = 0; i < dimensions; i++) {
      System.arraycopy(components, i * capacity, wider, i * places, size);
    }
    components = wider;
    items = Arrays.copyOf(items, places);
    capacity = places;
  }
}
