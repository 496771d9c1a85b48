package io.ccrelay.semantic.guard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Word lists written as text, words apart by white space. */
final class Words {

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Words() {}

  /** The words of {@code text} in order. */
  static List<String> list(String text) {
    return SPACE.splitAsStream(text.strip()).toList();
  }

  /** The set of words in {@code lists}. */
  static Set<String> set(String... lists) {
    var words = new HashSet<String>();
    for (String list : lists) {
      words.addAll(list(list));
    }
    return Set.copyOf(words);
  }

  /** Words and numbers in turn. */
  static Map<String, Double> values(String list) {
    var values = new HashMap<String, Double>();
    for (Iterator<String> parts = list(list).iterator(); parts.hasNext(); ) {
      values.put(parts.next(), Double.valueOf(parts.next()));
    }
    return Map.copyOf(values);
  }

  /** Every word of each line, mapped to the first word of its line. */
  static Map<String, String> groups(String lines) {
    var groups = new HashMap<String, String>();
    lines
        .strip()
        .lines()
        .map(Words::list)
        .forEach(words -> words.forEach(word -> groups.putIfAbsent(word, words.getFirst())));
    return Map.copyOf(groups);
  }

  /** The same, found by the stems of the words. */
  static Map<String, String> stemmed(String lines) {
    var stemmed = new HashMap<String, String>();
    groups(lines).forEach((word, first) -> stemmed.put(Stem.of(word), first));
    return Map.copyOf(stemmed);
  }

  /** Pairs joined by a slash: each word, mapped to those it is paired with. */
  static Map<String, Set<String>> opposites(String pairs) {
    var opposites = new HashMap<String, Set<String>>();
    for (String pair : list(pairs)) {
      int slash = pair.indexOf('/');
      String one = pair.substring(0, slash);
      String other = pair.substring(slash + 1);
      opposites.computeIfAbsent(one, _ -> new HashSet<>()).add(other);
      opposites.computeIfAbsent(other, _ -> new HashSet<>()).add(one);
    }
    return Map.copyOf(opposites);
  }
}
