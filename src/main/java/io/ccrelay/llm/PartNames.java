package io.ccrelay.llm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of the parts of a request, in their order, no two alike. Requests of one client mostly
 * have the same, which then need to be held once. Immutable; safe for use from any thread.
 */
public final class PartNames {

  /** Bytes that a name takes beside its letters. */
  private static final int NAME_BYTES = 80;

  private final List<String> names;
  private @Nullable Map<String, Integer> places;

  PartNames(List<String> names) {
    this.names = List.copyOf(names);
  }

  int size() {
    return names.size();
  }

  String at(int place) {
    return names.get(place);
  }

  List<String> list() {
    return names;
  }

  /** Where {@code name} is, -1 for nowhere. Made at the first question, by whoever asks it. */
  int place(String name) {
    Map<String, Integer> known = places;
    if (known == null) {
      known = HashMap.newHashMap(names.size());
      for (int place = 0; place < names.size(); place++) {
        known.put(names.get(place), place);
      }
      places = Map.copyOf(known);
    }
    return known.getOrDefault(name, -1);
  }

  /** Memory taken, about. */
  public int bytes() {
    return names.stream().mapToInt(name -> NAME_BYTES + name.length()).sum();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PartNames that && names.equals(that.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }
}
