package io.ccrelay.semantic.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Objects when the same things stand in exchanged places: from A to B and from B to A, A before B
 * and B before A, A bites B and B bites A.
 */
final class DirectionGuard implements Guard {

  private static final Map<String, String> ROLES =
      Words.groups(
          """
          source from off
          target to into onto toward towards
          than than
          before before until
          after after since
          by by
          over over above
          under under below
          against against
          of of
          for for
          with with
          in in inside within
          """);

  /** These say where something comes from or goes to, and so contradict each other. */
  private static final Set<String> ENDS = Set.of("source", "target");

  private static final Set<String> RESTATED = Set.of("of", "for", "with", "in");

  @Override
  public boolean objects(Prompt one, Prompt other) {
    Map<String, Set<String>> first = roles(one);
    Map<String, Set<String>> second = roles(other);
    return exchanged(first, second) || opposed(first, second) || pivoted(one, other);
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
      boolean disjoint = role.getValue().stream().noneMatch(there::contains);
      if (disjoint && !role.getValue().isEmpty() && !there.isEmpty()) {
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

  /** Two things that stand around a third in one order here and in the other there. */
  private static boolean pivoted(Prompt one, Prompt other) {
    List<String> first = order(one);
    List<String> second = order(other);
    if (first.size() < 3 || first.size() != second.size()) {
      return false;
    }
    for (int i = 1; i + 1 < first.size(); i++) {
      int there = second.indexOf(first.get(i));
      boolean around =
          there > 0
              && there + 1 < second.size()
              && first.get(i - 1).equals(second.get(there + 1))
              && first.get(i + 1).equals(second.get(there - 1))
              && !first.get(i - 1).equals(first.get(i + 1));
      if (around) {
        return true;
      }
    }
    return false;
  }

  private static List<String> order(Prompt prompt) {
    return prompt.line().stream().filter(Remainder::isMatter).map(Word::stem).toList();
  }
}
