package io.ccrelay.semantic.guard;

import java.util.List;

/** Objects when the units differ, with or without a number before them. */
final class UnitGuard implements Guard {

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return !one.units().equals(other.units()) || !measured(one).equals(measured(other));
  }

  private static List<String> measured(Prompt prompt) {
    return prompt.quantities().stream().map(Quantity::unit).sorted().toList();
  }
}
