package io.ccrelay.semantic.guard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Word lists written as text, words apart by white space. */
final class Words {

  private Words() {}

  /** The set of words in {@code lists}. */
  static Set<String> set(String... lists) {
    var words = new HashSet<String>();
    for (String list : lists) {
      java.util.Collections.addAll(words, list.strip().split("\\s+"));
    }
    return Set.copyOf(words);
  }


  /** Words and numbers in turn. */
  static Map<String, Double> values(String list) {
    var values = new HashMap<String, Double>();
    String[] parts = list.strip().split("\\s+");
    for (int i = 0; i + 1 < parts.length; i += 2) {
      values.put(parts[i], Double.valueOf(parts[i + 1]));
    }
    return Map.copyOf(values);
  }

  /** Every word of each line, mapped to the first word of its line. */
  static Map<String, String> groups(String lines) {
    var groups = new HashMap<String, String>();
    for (String line : lines.strip().split("\\n")) {
      String[] words = line.strip().split("\\s+");
      for (String word : words) {
        groups.putIfAbsent(word, words[0]);
      }
    }
    return Map.copyOf(groups);
  }

  /** The same, found by the stems of the words. */
  static Map<String, String> stemmed(String lines) {
    var stemmed = new HashMap<String, String>();
    groups(lines).forEach((word, first) -> stemmed.put(Stem.of(word), first));
    return Map.copyOf(stemmed);
  }

  /** Every word of each line, mapped to the other of its line; two words a line. */
  static Map<String, Set<String>> opposites(String lines) {
    var opposites = new HashMap<String, Set<String>>();
    for (String line : lines.strip().split("\\n")) {
      for (String pair : line.strip().split("\\s+")) {
        String[] sides = pair.split("/");
        opposites.computeIfAbsent(sides[0], _ -> new HashSet<>()).add(sides[1]);
        opposites.computeIfAbsent(sides[1], _ -> new HashSet<>()).add(sides[0]);
      }
    }
    return Map.copyOf(opposites);
  }
}
