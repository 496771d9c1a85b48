package io.ccrelay.semantic.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * In what order two prompts say the same things. Only turns that are known to say the same may
 * change it: a circumstance with its preposition moves as a whole, "the capital of Peru" is "Peru's
 * capital", equals stand in any order, and "the tallest mountain" is the mountain that is tallest.
 */
final class Arrangement {

  /** These belong to what is next to them and move with nothing. */
  private static final Set<String> QUANTIFIERS =
      Words.set(
          "every each all both only no most many few last next first half double twice several"
              + " other");

  private static final Set<String> JOINING = Set.of("and", "or", "between", "versus", "vs");
  private static final Set<String> LOOSENING = Words.set("of in for on about from with to at by");

  /** How often and how far, wherever it stands. */
  private static final Set<String> FREE =
      Words.set("usually normally typically generally commonly often sometimes");

  private static final Pattern YEAR = Pattern.compile("(?:1\\d|20)\\d\\d\\.0");
  private static final Set<String> IS = Set.of("is", "are", "was", "were");

  private Arrangement() {}

  /** Whether two things change places that no turn lets change. */
  static boolean differs(Prompt one, Prompt other) {
    if (Comparison.compares(one) && Comparison.compares(other)) {
      return quantifiersMove(things(one), things(other));
    }
    return differs(things(one), things(other), one.says("or") && other.says("or"));
  }

  private static boolean differs(List<Thing> one, List<Thing> other, boolean choice) {
    var said = new HashSet<String>();
    for (int i = 0; i < one.size(); i++) {
      int there = find(other, one.get(i));
      for (int j = i + 1; there >= 0 && j < one.size(); j++) {
        int after = find(other, one.get(j));
        boolean inverted = after >= 0 && after < there;
        if (inverted
            && !mayChange(one, i, j, other, after, there)
            && !(choice && isDegree(one, i, j))) {
          Optional<String> predicate = predicate(one, i, j, other, after, there);
          predicate.ifPresent(said::add);
          if (predicate.isEmpty() || said.size() > 1) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** "Which is healthier, A or B", "is A or B healthier". */
  private static boolean isDegree(List<Thing> things, int i, int j) {
    return things.get(i).text().endsWith("er") || things.get(j).text().endsWith("er");
  }

  private static boolean quantifiersMove(List<Thing> one, List<Thing> other) {
    List<String> here = quantifiers(one);
    return !here.equals(quantifiers(other));
  }

  private static List<String> quantifiers(List<Thing> things) {
    return things.stream().map(Thing::text).filter(QUANTIFIERS::contains).toList();
  }

  /** What describes its neighbour here, "the tallest mountain", and is said of it there. */
  private static Optional<String> predicate(
      List<Thing> one, int i, int j, List<Thing> other, int before, int after) {
    if (isAttribute(one, i) && isSaid(other.get(after))) {
      return Optional.of(one.get(i).stem());
    }
    return isAttribute(other, before) && isSaid(one.get(j))
        ? Optional.of(one.get(j).stem())
        : Optional.empty();
  }

  private static boolean isAttribute(List<Thing> things, int at) {
    return at + 1 < things.size() && things.get(at + 1).before().isEmpty();
  }

  private static boolean isSaid(Thing thing) {
    return thing.before().stream().anyMatch(IS::contains);
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
   * @param group counts what small words part
   * @param before the small words between it and the matter before it
   * @param names whether it stands before what a request is wrapped in: "the git command"
   * @param repeated whether it occurs again, so that its place is not known
   */
  private record Thing(
      String stem,
      String text,
      String by,
      int group,
      List<String> before,
      boolean names,
      boolean repeated) {}

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
    if (left.repeated() || right.repeated() || thereLeft.repeated() || thereRight.repeated()) {
      return true;
    }
    boolean whole = left.group() != right.group() && thereLeft.group() != thereRight.group();
    boolean moved = whole && (isBound(right, thereLeft) || isBound(left, thereRight));
    return moved
        || isAdverb(left, thereLeft)
        || isAdverb(right, thereRight)
        || FREE.contains(left.text())
        || FREE.contains(right.text())
        || (j == i + 1 && after == before + 1 && isTurned(right, thereRight))
        || (isJoined(one, i, j) && isJoined(other, before, after))
        || isNamed(left, thereLeft)
        || isNamed(thereLeft, left)
        || isNamed(right, thereRight)
        || isNamed(thereRight, right)
        || isCompound(one, i, j, other, before, after)
        || isCompound(other, before, after, one, i, j);
  }

  /** "Remote work" here, "working remotely" there. */
  private static boolean isAdverb(Thing here, Thing there) {
    return here.text().endsWith("ly") != there.text().endsWith("ly");
  }

  /** The same preposition binds it in both places. */
  private static boolean isBound(Thing here, Thing there) {
    return !here.by().isEmpty() && here.by().equals(there.by());
  }

  /** Joined as equals, with what describes them. */
  private static boolean isJoined(List<Thing> things, int from, int to) {
    return things.subList(from + 1, to + 1).stream()
        .anyMatch(thing -> thing.before().stream().anyMatch(JOINING::contains));
  }

  /** "In git" here, "the git command" there. */
  private static boolean isNamed(Thing bound, Thing naming) {
    return naming.names() && bound.stem().equals(naming.stem()) && LOOSENING.contains(bound.by());
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
    boolean apart = one.subList(i + 1, j + 1).stream().anyMatch(thing -> !thing.before().isEmpty());
    boolean things =
        one.subList(i, j + 1).stream()
            .noneMatch(thing -> isDeedOrNumber(thing.text()) && !isYear(one.get(j)));
    boolean adjacent =
        other.subList(before + 1, after + 1).stream().allMatch(thing -> thing.before().isEmpty());
    return loose && apart && things && adjacent;
  }

  /** "The cup in 2018", "the 2018 cup". */
  private static boolean isYear(Thing thing) {
    return thing.by().equals("in") && YEAR.matcher(thing.text()).matches();
  }

  private static boolean isDeedOrNumber(String text) {
    return Stem.isPast(text) || Character.isDigit(text.codePointAt(0));
  }

  private static List<Thing> things(Prompt prompt) {
    var things = new ArrayList<Thing>();
    var before = new ArrayList<String>();
    String by = "";
    int group = 0;
    List<Word> line = prompt.line();
    for (int i = 0; i < line.size(); i++) {
      Word word = line.get(i);
      by = word.opens() ? "" : by;
      group += word.opens() ? 1 : 0;
      if (Remainder.isMatter(word)) {
        boolean names = i + 1 < line.size() && line.get(i + 1).wraps() && !line.get(i + 1).opens();
        boolean again = line.stream().filter(each -> each.stem().equals(word.stem())).count() > 1;
        things.add(
            new Thing(word.stem(), word.text(), by, group, List.copyOf(before), names, again));
        before.clear();
      } else if (!Prepositions.isDeterminer(word) && !word.wraps()) {
        by = Prepositions.bindingClassOf(word).orElse("");
        before.add(word.text());
        group++;
      }
    }
    return things;
  }
}
