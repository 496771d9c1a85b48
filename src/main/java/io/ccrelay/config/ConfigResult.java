package io.ccrelay.config;

import java.util.List;

/** What became of a configuration file. */
public sealed interface ConfigResult {

  /**
   * A configuration that can run.
   *
   * @param config checked, defaults filled in
   * @param warnings what was read but has no effect or is probably not meant, sorted by line
   */
  record Loaded(RelayConfig config, List<Problem> warnings) implements ConfigResult {

    /** Makes the list immutable. */
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * A configuration that cannot run.
   *
   * @param problems all that was found, sorted by line; at least one
   */
  record Invalid(List<Problem> problems) implements ConfigResult {

    /** Makes the list immutable. */
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("problems: none (expected: at least one)");
      }
    }
  }
}
