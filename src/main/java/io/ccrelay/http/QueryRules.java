package io.ccrelay.http;

import java.util.Set;

/**
 * Which differences between queries an operator declares harmless. Safe for use from any context.
 *
 * @param ignored names of parameters that never change the answer
 * @param sorted whether the order of parameters does not matter
 */
public record QueryRules(Set<String> ignored, boolean sorted) {

  /** Every byte counts. */
  public static final QueryRules EXACT = new QueryRules(Set.of(), false);

  /** Makes the set immutable. */
  public QueryRules {
    ignored = Set.copyOf(ignored);
  }

  /** Whether {@code parameter}, a name with or without a value, is part of the key. */
  boolean counts(String parameter) {
    int equals = parameter.indexOf('=');
    return !ignored.contains(equals < 0 ? parameter : parameter.substring(0, equals));
  }
}
