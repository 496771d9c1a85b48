package io.ccrelay.semantic.guard;

/**
 * A number with its unit.
 *
 * @param value in the unit's base, so that 60 minutes are 1 hour
 * @param unit the base unit, empty for a bare number; {@code #} for an ordinal
 */
record Quantity(double value, String unit) {

  static Quantity of(double value, Units.Unit unit) {
    return new Quantity(value * unit.factor(), unit.base());
  }

  static Quantity bare(double value) {
    return new Quantity(value, "");
  }
}
