package io.ccrelay.semantic;

import java.util.Optional;

/**
 * A direction in the space of an embedding model: a vector of length 1. Immutable; safe for use
 * from any context.
 */
public final class Embedding {

  /** The most dimensions a vector may have. */
  public static final int MOST_DIMENSIONS = 8192;

  private final float[] unit;

  private Embedding(float[] unit) {
    this.unit = unit;
  }

  /**
   * The direction of {@code vector}; empty if it has none: no dimension or too many, a component
   * that is not a finite number, or length zero.
   */
  public static Optional<Embedding> of(float[] vector) {
    if (vector.length == 0 || vector.length > MOST_DIMENSIONS) {
      return Optional.empty();
    }
    double square = 0;
    for (float component : vector) {
      square += (double) component * component;
    }
    if (!Double.isFinite(square) || square < 1e-18) {
      return Optional.empty();
    }
    var unit = new float[vector.length];
    double length = Math.sqrt(square);
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return Optional.of(new Embedding(unit));
  }

  /** Number of components. */
  public int dimensions() {
    return unit.length;
  }

  /** Cosine of the angle to {@code other}, from -1 to 1; -1 if the dimensions differ. */
  public double similarity(Embedding other) {
    if (unit.length != other.unit.length) {
      return -1;
    }
    double sum = 0;
    for (int i = 0; i < unit.length; i++) {
      sum += (double) unit[i] * other.unit[i];
    }
    return Math.max(-1, Math.min(1, sum));
  }

  /** Writes the components to {@code target} from {@code offset}. */
  public void copyTo(float[] target, int offset) {
    System.arraycopy(unit, 0, target, offset, unit.length);
  }

  @Override
  public String toString() {
    return "Embedding(" + unit.length + ")";
  }
}
