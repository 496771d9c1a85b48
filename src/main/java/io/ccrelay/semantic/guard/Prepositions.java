package io.ccrelay.semantic.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each preposition of a prompt leads to, and which prepositions say something else in the same
 * place: a book by somebody is none about her. "Of", and those of place among themselves, often
 * stand for others and contradict nothing.
 */
final class Prepositions {

  /** What stands between a preposition and what it leads to. */
  private static final Set<String> DETERMINERS =
      Words.set("a an the this that these those my your his her its our their any some such");

  private static final Map<String, String> CLASSES =
      Words.groups(
          """
          in in inside within
          to to into onto toward towards
          from from off
          about about regarding concerning
          by by
          for for
          with with
          on on
          """);

  private static final Set<String> CONFLICTS =
      Words.set(
          "about/by by/for by/to by/in by/on about/for about/to about/from about/with about/in",
          "for/with from/with to/with for/from from/to in/to",
          "about/unto by/unto from/unto in/unto unto/with of/unto");

  /** These say how long and when of a number, and what or where of all else. */
  private static final Set<String> OF_NUMBERS = Words.set("for/in");

  private static final String TO_THE = "unto";

  private Prepositions() {}

  /** The class of {@code word}, if it is a preposition that binds. */
  static Optional<String> classOf(Word word) {
    return Optional.ofNullable(CLASSES.get(word.text()));
  }

  private static boolean isArticle(Word word) {
    return isDeterminer(word) && !word.is("that");
  }

  static boolean isDeterminer(Word word) {
    return DETERMINERS.contains(word.text()) && !Remainder.isMatter(word);
  }

  /** Whether the two prompts tie something that both have by prepositions that say otherwise. */
  static boolean conflict(Prompt one, Prompt other) {
    Map<String, Set<String>> first = ties(one.line());
    Map<String, Set<String>> second = ties(other.line());
    return first.entrySet().stream()
        .anyMatch(tie ->
            second.containsKey(tie.getKey())
                && conflict(tie.getKey(), tie.getValue(), second.get(tie.getKey())));
  }

  private static boolean conflict(String tied, Set<String> one, Set<String> other) {
    boolean number = Character.isDigit(tied.codePointAt(0));
    return one.stream()
        .allMatch(here -> other.stream().allMatch(there -> differ(here, there, number)));
  }

  private static boolean differ(String one, String other, boolean number) {
    String pair = one.compareTo(other) < 0 ? one + "/" + other : other + "/" + one;
    return CONFLICTS.contains(pair) || (number && OF_NUMBERS.contains(pair));
  }

  /** The prepositions before each thing. */
  private static Map<String, Set<String>> ties(List<Word> line) {
    var ties = new HashMap<String, Set<String>>();
    for (int i = 0; i < line.size(); i++) {
      int at = i;
      tieOf(line, i)
          .ifPresent(preposition ->
              tied(line, at + 1)
                  .ifPresent(word ->
                      ties.computeIfAbsent(word.stem(), _ -> new HashSet<>()).add(preposition)));
    }
    return ties;
  }

  /** "To the" leads to somebody, "to" may be an infinitive; "of" contradicts only the former. */
  private static Optional<String> tieOf(List<Word> line, int at) {
    boolean determined = at + 1 < line.size() && isDeterminer(line.get(at + 1));
    return line.get(at).is("to") && determined
        ? Optional.of(TO_THE)
        : line.get(at).is("of") ? Optional.of("of") : classOf(line.get(at));
  }

  private static Optional<Word> tied(List<Word> line, int from) {
    int at = from;
    while (at < line.size() && (isDeterminer(line.get(at)) || line.get(at).wraps())) {
      at++;
    }
    boolean found =
        at < line.size()
            && !line.get(at).opens()
            && (Remainder.isMatter(line.get(at)) || Persons.isObject(line.get(at)));
    return found ? Optional.of(line.get(at)) : Optional.empty();
  }

  /**
   * Whether a thing follows the same word here with a preposition and there as its object: "apply
   * for the visa" and "apply the visa".
   */
  static boolean objectsDiffer(Prompt one, Prompt other) {
    Map<List<String>, Set<Boolean>> first = followers(one.line());
    Map<List<String>, Set<Boolean>> second = followers(other.line());
    return first.entrySet().stream()
        .anyMatch(pair -> {
          Set<Boolean> there = second.getOrDefault(pair.getKey(), pair.getValue());
          return pair.getValue().size() == 1 && there.size() == 1 && !there.equals(pair.getValue());
        });
  }

  /** Neighbouring things, and whether a preposition (true) or only a determiner parts them. */
  private static Map<List<String>, Set<Boolean>> followers(List<Word> line) {
    var followers = new HashMap<List<String>, Set<Boolean>>();
    for (int i = 0; i < line.size(); i++) {
      if (!Remainder.isMatter(line.get(i))) {
        continue;
      }
      List<Word> between = between(line, i + 1);
      int next = i + 1 + between.size();
      if (next < line.size() && !between.isEmpty() && !line.get(next).opens()) {
        boolean infinitive = between.size() == 1 && between.getFirst().is("to");
        boolean preposition = classOf(between.getFirst()).isPresent() && !infinitive;
        boolean determined = between.stream().allMatch(Prepositions::isArticle);
        if (preposition || determined) {
          followers
              .computeIfAbsent(
                  List.of(line.get(i).stem(), line.get(next).stem()), _ -> new HashSet<>())
              .add(preposition);
        }
      }
    }
    return followers;
  }

  private static List<Word> between(List<Word> line, int from) {
    var between = new ArrayList<Word>();
    for (int i = from; i < line.size() && !Remainder.isMatter(line.get(i)); i++) {
      between.add(line.get(i));
    }
    return between;
  }
}
