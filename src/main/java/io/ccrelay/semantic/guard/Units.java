package io.ccrelay.semantic.guard;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Units of measure and currencies under their many names. */
final class Units {

  /**
   * A unit.
   *
   * @param name its own name, for comparing units that are mentioned without a number
   * @param base the unit it is a multiple of
   * @param factor how many of {@code base} it is
   */
  record Unit(String name, String base, double factor) {}

  private static final Map<String, Unit> UNITS = new HashMap<>();

  static {
    add("millisecond", "second", 1e-3, "ms millisecond milliseconds");
    add("second", "second", 1, "sec secs second seconds");
    add("minute", "second", 60, "min mins minute minutes");
    add("hour", "second", 3600, "hr hrs hour hours");
    add("day", "second", 86_400, "day days");
    add("week", "second", 604_800, "week weeks");
    add("month", "month", 1, "month months");
    add("year", "month", 12, "year years yr yrs");
    add("decade", "month", 120, "decade decades");
    add("century", "month", 1200, "century centuries");
    add("millimeter", "meter", 1e-3, "mm millimeter millimeters millimetre millimetres");
    add("centimeter", "meter", 1e-2, "cm centimeter centimeters centimetre centimetres");
    add("meter", "meter", 1, "m meter meters metre metres");
    add("kilometer", "meter", 1000, "km kms kilometer kilometers kilometre kilometres");
    add("inch", "inch", 1, "inch inches");
    add("foot", "inch", 12, "ft foot feet");
    add("yard", "inch", 36, "yd yard yards");
    add("mile", "inch", 63_360, "mi mile miles");
    add("milligram", "gram", 1e-3, "mg milligram milligrams");
    add("gram", "gram", 1, "g gram grams gramme grammes");
    add("kilogram", "gram", 1000, "kg kgs kilo kilos kilogram kilograms");
    add("tonne", "gram", 1e6, "tonne tonnes");
    add("ounce", "ounce", 1, "oz ounce ounces");
    add("pound", "ounce", 16, "lb lbs pound pounds");
    add("milliliter", "liter", 1e-3, "ml milliliter milliliters millilitre millilitres");
    add("liter", "liter", 1, "l liter liters litre litres");
    add("gallon", "gallon", 1, "gal gallon gallons");
    add("kmh", "kmh", 1, "kmh km/h kph");
    add("kms", "kms", 1, "km/s");
    add("ms", "mps", 1, "m/s mps");
    add("mph", "mph", 1, "mph");
    add("celsius", "celsius", 1, "celsius °c");
    add("fahrenheit", "fahrenheit", 1, "fahrenheit °f");
    add("kelvin", "kelvin", 1, "kelvin kelvins");
    add("percent", "percent", 1, "% percent pct");
    add("byte", "byte", 1, "byte bytes");
    add("kilobyte", "byte", 1e3, "kb kilobyte kilobytes");
    add("megabyte", "byte", 1e6, "mb megabyte megabytes");
    add("gigabyte", "byte", 1e9, "gb gigabyte gigabytes");
    add("terabyte", "byte", 1e12, "tb terabyte terabytes");
    add("bit", "bit", 1, "bit bits");
    add("kilobit", "bit", 1e3, "Kb kbit kilobit kilobits");
    add("megabit", "bit", 1e6, "Mb mbit megabit megabits");
    add("gigabit", "bit", 1e9, "Gb gbit gigabit gigabits");
    add("watt", "watt", 1, "w watt watts");
    add("kilowatt", "watt", 1e3, "kw kilowatt kilowatts");
    add("calorie", "calorie", 1, "cal calorie calories kcal");
    add("joule", "joule", 1, "j joule joules");
    add("dollar", "dollar", 1, "$ usd dollar dollars");
    add("euro", "euro", 1, "€ eur euro euros");
    add("sterling", "sterling", 1, "£ gbp");
    add("yen", "yen", 1, "¥ jpy yen");
    add("rupee", "rupee", 1, "₹ inr rupee rupees");
    add("franc", "franc", 1, "chf franc francs");
    add("degree", "degree", 1, "° degree degrees");
  }

  private Units() {}

  /** The unit that {@code name} stands for after a number; exact spelling goes first. */
  static Optional<Unit> of(String name) {
    Unit exact = UNITS.get(name);
    return Optional.ofNullable(exact == null ? UNITS.get(name.toLowerCase(Locale.ROOT)) : exact);
  }

  /**
   * The unit that {@code name} stands for without a number: single letters and times are ordinary
   * words then.
   */
  static Optional<Unit> named(String name) {
    return name.length() > 1 ? of(name).filter(unit -> !isTime(unit)) : Optional.empty();
  }

  private static boolean isTime(Unit unit) {
    return unit.base().equals("second") || unit.base().equals("month");
  }

  private static void add(String name, String base, double factor, String names) {
    var unit = new Unit(name, base, factor);
    for (String each : Words.list(names)) {
      UNITS.put(each, unit);
    }
  }
}
