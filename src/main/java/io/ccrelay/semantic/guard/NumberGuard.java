package io.ccrelay.semantic.guard;

import java.util.List;

/**
 * Objects when the numbers differ or stand in another order, written in figures or in words.
 * Quantities are compared in the base of their unit: 60 minutes are 1 hour.
 */
final class NumberGuard implements Guard {

  private static final double TOLERANCE = 1e-9;

  @Override
  public boolean objects(Prompt one, Prompt other) {
    List<Double> first = values(one);
    List<Double> second = values(other);
    if (first.size() != second.size()) {
      return true;
    }
    for (int i = 0; i < first.size(); i++) {
      double larger = Math.max(Math.abs(first.get(i)), Math.abs(second.get(i)));
      if (Math.abs(first.get(i) - second.get(i)) > TOLERANCE * Math.max(1, larger)) {
        return true;
      }
    }
    return false;
  }

  private static List<Double> values(Prompt prompt) {
    return prompt.quantities().stream().map(Quantity::value).toList();
  }
}
