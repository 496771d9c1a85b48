package io.ccrelay.semantic.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Objects when the same things stand in another order that changes who does what to whom: A bites B
 * and B bites A, "what eats frogs" and "what do frogs eat".
 */
final class OrderGuard implements Guard {

  private static final Set<String> DO = Set.of("do", "does", "did");
  private static final Set<String> ACTORS = Set.of("who", "what", "which");

  /** More matters than this are a text. */
  private static final int LONG = 16;

  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  /** These join equals, which may stand in any order. */
  private static final Set<String> JOINING = Set.of("and", "or", "between", "versus", "vs");

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return !Remainder.areDistances(one, other)
        && switch (Voice.match(one, other)) {
          case SAME -> false;
          case OTHER, UNKNOWN -> differs(one, other);
        };
  }

  private static boolean differs(Prompt one, Prompt other) {
    return pivoted(one, other)
        || pivoted(other, one)
        || exchanged(one, other)
        || Arrangement.differs(one, other)
        || actor(one) * actor(other) < 0
        || voicesDiffer(one, other)
        || reordered(one, other)
        || sentencesDiffer(one, other)
        || (one.says("then") && other.says("then") && !order(one).equals(order(other)))
        || countsExchanged(one, other)
        || countsExchanged(other, one);
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

  /** Two things in each other's places: "all squares are rectangles". */
  private static boolean exchanged(Prompt one, Prompt other) {
    List<Place> first = places(one);
    List<Place> second = places(other);
    if (first.size() != second.size()) {
      return false;
    }
    var differing = new ArrayList<Integer>();
    for (int i = 0; i < first.size(); i++) {
      if (!first.get(i).stem().equals(second.get(i).stem())) {
        differing.add(i);
      }
    }
    if (differing.size() != 2) {
      return false;
    }
    int from = differing.getFirst();
    int to = differing.getLast();
    boolean swapped =
        first.get(from).stem().equals(second.get(to).stem())
            && first.get(to).stem().equals(second.get(from).stem());
    boolean compared = Comparison.isMutual(one) && Comparison.isMutual(other);
    return swapped && !compared && (to > from + 1 || !restated(first.get(to), second.get(to)));
  }

  /**
   * Whether neighbours may change places: joined as equals, or one of them as a genitive or a
   * compound ("the capital of Canada", "Canada's capital").
   */
  private static boolean restated(Place one, Place other) {
    boolean joined = one.before().stream().anyMatch(JOINING::contains);
    return joined || one.before().isEmpty() != other.before().isEmpty();
  }

  /** A matter and the words before it, articles left out, that are none. */
  private record Place(String stem, List<String> before) {}

  private static List<Place> places(Prompt prompt) {
    var places = new ArrayList<Place>();
    var before = new ArrayList<String>();
    for (Word word : prompt.line()) {
      if (Remainder.isMatter(word)) {
        places.add(new Place(word.stem(), List.copyOf(before)));
        before.clear();
      } else if (!ARTICLES.contains(word.text())) {
        before.add(word.text());
      }
    }
    return places;
  }

  private static List<String> order(Prompt prompt) {
    return prompt.line().stream().filter(Remainder::isMatter).map(Word::stem).toList();
  }

  /**
   * 1 if a prompt asks who does ("who beat Spain", "who was Spain beaten by"), -1 if it asks to
   * whom it is done ("who did Spain beat", "who was beaten by Spain"), 0 if neither.
   */
  private static int actor(Prompt prompt) {
    List<Word> words = prompt.words();
    if (words.size() < 3 || !ACTORS.contains(words.get(0).text())) {
      return 0;
    }
    if (isPassive(prompt)) {
      return prompt.line().getLast().is("by") ? 1 : -1;
    }
    if (words.stream().limit(3).map(Word::text).anyMatch(DO::contains) || isDoneTo(words)) {
      return -1;
    }
    boolean named = words.size() > 3 && Remainder.isMatter(words.get(2));
    return Remainder.isMatter(words.get(1)) || named ? 1 : 0;
  }

  /** "Which language is spoken", whoever does it. */
  private static boolean isDoneTo(List<Word> words) {
    return words.size() > 3 && Asks.isBe(words.get(2)) && Stem.isPast(words.get(3).text());
  }

  /** The same things in the same order, once doing and once being done to. */
  private static boolean voicesDiffer(Prompt one, Prompt other) {
    return isPassive(one) != isPassive(other)
        && actor(one) * actor(other) == 0
        && order(one).equals(order(other));
  }

  private static boolean isPassive(Prompt prompt) {
    return prompt.says("by") && prompt.words().stream().anyMatch(Asks::isBe);
  }

  /**
   * What several sentences say must be in the same sentences: "I have a cold. What can I drink?"
   */
  private static boolean sentencesDiffer(Prompt one, Prompt other) {
    List<Set<String>> first = sentences(one.words());
    List<Set<String>> second = sentences(other.words());
    return Math.min(first.size(), second.size()) > 1 && !matter(first).equals(matter(second));
  }

  /** Sentences without matter, such as thanks, do not count. */
  private static Set<Set<String>> matter(List<Set<String>> sentences) {
    var matter = new HashSet<>(sentences);
    matter.remove(Set.<String>of());
    return matter;
  }

  /** The matter of each sentence. */
  private static List<Set<String>> sentences(List<Word> words) {
    var sentences = new ArrayList<Set<String>>();
    for (Word word : words) {
      if (word.opens() || sentences.isEmpty()) {
        sentences.add(new HashSet<>());
      }
      if (Remainder.isMatter(word)) {
        sentences.getLast().add(word.stem());
      }
    }
    return sentences;
  }

  /** Prompts of many words are texts: what their words do to each other cannot be told. */
  private static boolean reordered(Prompt one, Prompt other) {
    List<String> first = order(one);
    List<String> second = order(other);
    return Math.max(first.size(), second.size()) > LONG && !first.equals(second);
  }

  /** "Two adults and three children", "two children and three adults". */
  private static boolean countsExchanged(Prompt one, Prompt other) {
    Map<String, String> first = counted(one.line());
    Map<String, String> second = counted(other.line());
    return first.entrySet().stream()
        .anyMatch(count -> {
          String there = second.getOrDefault(count.getKey(), count.getValue());
          return !there.equals(count.getValue()) && second.containsValue(count.getValue());
        });
  }

  /** What follows each number. */
  private static Map<String, String> counted(List<Word> line) {
    var counted = new HashMap<String, String>();
    for (int i = 0; i + 1 < line.size(); i++) {
      if (Character.isDigit(line.get(i).text().codePointAt(0))
          && Remainder.isMatter(line.get(i + 1))) {
        counted.putIfAbsent(line.get(i).text(), line.get(i + 1).stem());
      }
    }
    return counted;
  }
}
