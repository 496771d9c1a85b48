package io.ccrelay.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is counted under each value of one label, with a bound: values beyond it share {@code
 * other}, so that no input can make series without end. Looking up a known value allocates nothing.
 * Safe for use from any context.
 *
 * @param <V> what is kept for a value
 */
final class Labels<V> {

  /** The value that stands for all beyond the bound. */
  static final String OTHER = "other";

  private final ConcurrentMap<String, V> known = new ConcurrentHashMap<>();
  private final int bound;
  private final Function<String, V> make;

  /** At most {@code bound} values beside {@link #OTHER}, each made by {@code make} once. */
  Labels(int bound, Function<String, V> make) {
    this.bound = bound;
    this.make = make;
  }

  /** What is kept for {@code value}. */
  V at(String value) {
    @Nullable V found = known.get(value);
    return found == null ? admit(value) : found;
  }

  /** What {@code reading} makes of each value's keep, now. */
  <R> Map<String, R> read(Function<V, R> reading) {
    var readings = new TreeMap<String, R>();
    known.forEach((value, kept) -> readings.put(value, reading.apply(kept)));
    return readings;
  }

  private synchronized V admit(String value) {
    String label = known.containsKey(value) || known.size() < bound ? value : OTHER;
    return known.computeIfAbsent(label, make);
  }
}
