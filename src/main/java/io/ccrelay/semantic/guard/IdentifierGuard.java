package io.ccrelay.semantic.guard;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Objects when code, paths, formulas or operators of one prompt are not in the other. */
final class IdentifierGuard implements Guard {

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return lacks(one.identifiers(), other)
        || lacks(other.identifiers(), one)
        || (one.identifiers().size() == other.identifiers().size()
            && !one.identifiers().equals(other.identifiers())
            && sorted(one.identifiers()).equals(sorted(other.identifiers())));
  }

  private static boolean lacks(List<String> identifiers, Prompt other) {
    Predicate<String> known =
        identifier -> other.identifiers().contains(identifier) || other.says(identifier);
    return !identifiers.stream().allMatch(known);
  }

  private static List<String> sorted(List<String> list) {
    String[] sorted = list.toArray(String[]::new);
    Arrays.sort(sorted);
    return List.of(sorted);
  }
}
