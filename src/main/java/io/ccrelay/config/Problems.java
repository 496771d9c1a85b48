package io.ccrelay.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with one file, up to a bound. Confined to the reading thread. */
final class Problems {

  private static final int MOST = 100;

  private static final Comparator<Problem> BY_LINE =
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

  /** Something that keeps another file from being used. */
  void error(Problem elsewhere) {
    add(errors, elsewhere);
  }

  /** Something in another file that is probably not meant. */
  void warning(Problem elsewhere) {
    add(warnings, elsewhere);
  }

  boolean any() {
    return !errors.isEmpty();
  }

  List<Problem> errors() {
    return sorted(errors);
  }

  List<Problem> warnings() {
    return sorted(warnings);
  }

  /** The unset variable to blame for an empty value at {@code at}, if there is one. */
  Optional<String> unsetAt(Position at) {
    boolean full = errors.size() + warnings.size() >= MOST;
    return full ? Optional.empty() : origins.unsetOn(origins.of(at));
  }

  private void add(List<Problem> list, Position at, String path, String message) {
    if (list.size() < MOST) {
      Position place = origins.of(at);
      add(list, new Problem(file, place.line(), place.column(), path, message));
    }
  }

  private static void add(List<Problem> list, Problem problem) {
    if (list.size() < MOST) {
      list.add(problem);
    }
  }

  /** This file first, others by name. */
  private List<Problem> sorted(List<Problem> problems) {
    Comparator<Problem> byFile =
        Comparator.comparing((Problem one) -> !one.file().equals(file))
            .thenComparing(Problem::file);
    return problems.stream().sorted(byFile.thenComparing(BY_LINE)).toList();
  }
}
