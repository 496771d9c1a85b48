package io.ccrelay.semantic.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Objects when prepositions lead to exchanged things: from A to B and from B to A, A before B and B
 * before A.
 */
final class DirectionGuard implements Guard {

  private static final Map<String, String> ROLES =
      Words.groups(
          """
          source from off
          target to into onto toward towards
          than than
          about about
          before before until
          after after since
          by by
          over over above
          under under below
          against against
          for for
          with with
          in in inside within
          """);

  /** These say where something comes from or goes to, and so contradict each other. */
  private static final Set<String> ENDS = Set.of("source", "target");

  private static final Set<String> RESTATED = Set.of("for", "with", "in");

  @Override
  public boolean objects(Prompt one, Prompt other) {
    if (Remainder.areDistances(one, other)) {
      return false;
    }
    Map<String, Set<String>> first = roles(one);
    Map<String, Set<String>> second = roles(other);
    return exchanged(first, second) || opposed(first, second);
  }

  /** What follows each preposition. */
  private static Map<String, Set<String>> roles(Prompt prompt) {
    var roles = new HashMap<String, Set<String>>();
    List<Word> line = prompt.line();
    for (int i = 0; i < line.size(); i++) {
      String role = ROLES.get(line.get(i).text());
      if (role != null) {
        roles.computeIfAbsent(role, _ -> new HashSet<>()).addAll(phrase(line, i + 1));
      }
    }
    return roles;
  }

  private static List<String> phrase(List<Word> line, int from) {
    var phrase = new ArrayList<String>();
    for (int i = from; i < line.size() && phrase.size() < 4; i++) {
      Word word = line.get(i);
      if (Remainder.isMatter(word)) {
        phrase.add(word.stem());
      } else if (!phrase.isEmpty() || ROLES.containsKey(word.text())) {
        break;
      }
    }
    return phrase;
  }

  /** The same preposition leads to things that both prompts have, but not the same ones. */
  private static boolean exchanged(Map<String, Set<String>> one, Map<String, Set<String>> other) {
    for (var role : one.entrySet()) {
      Set<String> there = other.get(role.getKey());
      if (there == null || RESTATED.contains(role.getKey())) {
        continue;
      }
      boolean stranded = role.getValue().isEmpty() != there.isEmpty();
      if (stranded || (!there.isEmpty() && Collections.disjoint(role.getValue(), there))) {
        return true;
      }
    }
    return false;
  }

  /** One prompt comes from where the other goes to. */
  private static boolean opposed(Map<String, Set<String>> one, Map<String, Set<String>> other) {
    for (String end : ENDS) {
      for (String opposite : ENDS) {
        if (end.equals(opposite)) {
          continue;
        }
        var here = new HashSet<>(one.getOrDefault(end, Set.of()));
        here.retainAll(other.getOrDefault(opposite, Set.of()));
        here.removeAll(other.getOrDefault(end, Set.of()));
        if (!here.isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }
}
