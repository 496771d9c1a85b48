package io.ccrelay.semantic.index;

import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.VectorIndex.Item;
import io.ccrelay.semantic.VectorIndex.Neighbour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The items of one partition. Guarded by itself: every method locks.
 *
 * <p>A vector is compared in four parts. After each, what the rest can add at most is known from
 * the lengths of the two rests (Cauchy and Schwarz), and a vector that cannot reach the best ones
 * any more is left: the result is exact, and most vectors are left after the first part.
 */
final class Shelf {

  private static final int PARTS = 4;

  /**
   * One item.
   *
   * <p>A class and not a record: it holds an array.
   */
  private static final class Slot {
    private final Item item;

    /** Components, then for each part but the last the length of what follows it. */
    private final float[] vector;

    Slot(Item item, float[] vector) {
      this.item = item;
      this.vector = vector;
    }
  }

  private final int dimensions;
  private final int part;
  private final List<Slot> slots = new ArrayList<>(4);

  Shelf(int dimensions) {
    this.dimensions = dimensions;
    this.part = Math.max(1, (dimensions + PARTS - 1) / PARTS);
  }

  int dimensions() {
    return dimensions;
  }

  synchronized int size() {
    return slots.size();
  }

  synchronized void add(Embedding embedding, Item item) {
    slots.add(new Slot(item, prepared(embedding)));
  }

  /** Takes {@code item} out; whether it was there. */
  @SuppressWarnings("ReferenceEquality") // this very item, not one like it
  synchronized boolean remove(Item item) {
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).item == item) {
        slots.set(i, slots.getLast());
        slots.removeLast();
        return true;
      }
    }
    return false;
  }

  synchronized List<Neighbour> nearest(Embedding embedding, int count, double least, Instant now) {
    float[] query = prepared(embedding);
    var best = new PriorityQueue<>(count + 1, Comparator.comparingDouble(Neighbour::similarity));
    double floor = least;
    for (Slot slot : slots) {
      double similarity = similarity(query, slot.vector, floor);
      if (similarity >= floor && slot.item.until().isAfter(now)) {
        best.add(new Neighbour(slot.item, similarity));
        if (best.size() > count) {
          best.poll();
        }
        floor = best.size() < count ? least : Math.max(least, best.element().similarity());
      }
    }
    return best.stream()
        .sorted(Comparator.comparingDouble(Neighbour::similarity).reversed())
        .toList();
  }

  private float[] prepared(Embedding embedding) {
    var vector = new float[dimensions + PARTS];
    embedding.copyTo(vector, 0);
    double square = 0;
    for (int i = dimensions - 1; i >= 0; i--) {
      square += (double) vector[i] * vector[i];
      if (i % part == 0 && i > 0) {
        vector[dimensions + i / part - 1] = (float) (Math.sqrt(square) * (1 + 1e-6));
      }
    }
    return vector;
  }

  /** The similarity, or something below {@code floor} if it is below. */
  private double similarity(float[] query, float[] other, double floor) {
    float sum = 0;
    for (int from = 0, rest = dimensions; from < dimensions; from += part, rest++) {
      int to = Math.min(from + part, dimensions);
      sum += dot(query, other, from, to);
      if (to < dimensions && sum + query[rest] * other[rest] + 1e-6 < floor) {
        return -2;
      }
    }
    return sum;
  }

  /** Eight sums at a time: additions of floats wait for each other. */
  private static float dot(float[] a, float[] b, int from, int to) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
      s4 += a[i + 4] * b[i + 4];
      s5 += a[i + 5] * b[i + 5];
      s6 += a[i + 6] * b[i + 6];
      s7 += a[i + 7] * b[i + 7];
    }
    for (; i < to; i++) {
      s0 += a[i] * b[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}
