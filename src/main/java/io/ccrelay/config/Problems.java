package io.ccrelay.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with one file, up to a bound. Confined to the reading thread. */
final class Problems {

  private static final int MOST = 100;

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  private final String file;
  private final Origins origins;
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  Problems(String file, Origins origins) {
    this.file = file;
    this.origins = origins;
  }

  /** Something that keeps the configuration from running. */
  void error(Position at, String path, String message) {
    add(errors, at, path, message);
  }

  /** Something that has no effect or is probably not meant. */
  void warning(Position at, String path, String message) {
    add(warnings, at, path, message);
  }

  boolean any() {
    return !errors.isEmpty();
  }

  List<Problem> errors() {
    return errors.stream().sorted(BY_PLACE).toList();
  }

  List<Problem> warnings() {
    return warnings.stream().sorted(BY_PLACE).toList();
  }

  /** The unset variable to blame for an empty value at {@code at}, if there is one. */
  Optional<String> unsetAt(Position at) {
    boolean full = errors.size() + warnings.size() >= MOST;
    return full ? Optional.empty() : origins.unsetOn(origins.of(at));
  }

  private void add(List<Problem> list, Position at, String path, String message) {
    if (list.size() < MOST) {
      Position place = origins.of(at);
      list.add(new Problem(file, place.line(), place.column(), path, message));
    }
  }
}
