package io.ccrelay.semantic.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * In what order two prompts say the same things. Only turns that are known to say the same may
 * change it: a circumstance with its preposition moves as a whole, "the capital of Peru" is "Peru's
 * capital", equals stand in any order, and "the tallest mountain" is the mountain that is tallest.
 */
final class Arrangement {

  /** These belong to what is next to them and move with nothing. */
  private static final Set<String> QUANTIFIERS =
      Words.set(
          "every each all both only no most many few last next first half double twice several other");

  private static final Set<String> JOINING = Set.of("and", "or", "between", "versus", "vs");
  private static final Set<String> LOOSENING = Words.set("of in for on about from with to at by");

  private static final Set<String> IS = Set.of("is", "are", "was", "were");

  private Arrangement() {}

  /** Whether two things change places that no turn lets change. */
  static boolean differs(Prompt one, Prompt other) {
    List<Thing> first = things(one);
    List<Thing> second = things(other);
    for (int i = 0; i < first.size(); i++) {
      int there = find(second, first.get(i));
      for (int j = i + 1; there >= 0 && j < first.size(); j++) {
        int after = find(second, first.get(j));
        boolean inverted = after >= 0 && after < there;
        if (inverted && !mayChange(first, i, j, second, after, there)) {
          return true;
        }
      }
    }
    return false;
  }

  private static int find(List<Thing> things, Thing wanted) {
    for (int i = 0; i < things.size(); i++) {
      if (things.get(i).stem().equals(wanted.stem())) {
        return i;
      }
    }
    return -1;
  }

  /**
   * A matter.
   *
   * @param by the preposition of the group of things that it belongs to, empty if there is none
   * @param before the small words between it and the matter before it
   */
  private record Thing(String stem, String text, String by, List<String> before) {}

  /**
   * Whether {@code i} before {@code j} says what {@code before} before {@code after} says there.
   */
  private static boolean mayChange(
      List<Thing> one, int i, int j, List<Thing> other, int before, int after) {
    Thing left = one.get(i);
    Thing right = one.get(j);
    if (QUANTIFIERS.contains(left.text()) || QUANTIFIERS.contains(right.text())) {
      return false;
    }
    Thing thereLeft = other.get(before);
    Thing thereRight = other.get(after);
    boolean moved =
        isBound(right, thereLeft) || isBound(left, thereRight);
    return moved
        || (j == i + 1 && after == before + 1 && isTurned(right, thereRight))
        || isCompound(one, i, j, other, before, after)
        || isCompound(other, before, after, one, i, j);
  }

  /** The same preposition binds it in both places. */
  private static boolean isBound(Thing here, Thing there) {
    return !here.by().isEmpty() && here.by().equals(there.by());
  }

  /** Neighbours joined as equals, or one said of the other. */
  private static boolean isTurned(Thing one, Thing other) {
    boolean joined = one.before().stream().anyMatch(JOINING::contains);
    boolean said = one.before().stream().anyMatch(IS::contains);
    boolean saidThere = other.before().stream().anyMatch(IS::contains);
    return joined || said != saidThere;
  }

  /** "Capital of Peru" here, "Peru capital" there, whatever else describes them. */
  private static boolean isCompound(
      List<Thing> one, int i, int j, List<Thing> other, int before, int after) {
    boolean loose = LOOSENING.contains(one.get(j).by());
    boolean adjacent =
        other.subList(before + 1, after + 1).stream().allMatch(thing -> thing.before().isEmpty());
    return loose && adjacent && i < j;
  }

  private static List<Thing> things(Prompt prompt) {
    var things = new ArrayList<Thing>();
    var before = new ArrayList<String>();
    var seen = new HashSet<String>();
    String by = "";
    for (Word word : prompt.line()) {
      if (word.opens()) {
        by = "";
      }
      if (Remainder.isMatter(word)) {
        if (seen.add(word.stem())) {
          things.add(new Thing(word.stem(), word.text(), by, List.copyOf(before)));
        }
        before.clear();
      } else {
        boolean empty = Prepositions.isDeterminer(word) || word.wraps();
        if (!empty) {
          by = Prepositions.bindingClassOf(word).orElse("");
          before.add(word.text());
        }
      }
    }
    return things;
  }
}
