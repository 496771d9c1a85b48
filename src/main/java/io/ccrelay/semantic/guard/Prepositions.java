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
          at at
          between between
          per per
          via via
          """);

  /** Pairs that say the same of the same thing, or cannot be told apart; all others do not. */
  private static final Set<String> ALIKE =
      Words.set(
          "in/of for/in for/of from/of in/to of/on +/of +/in +/for +/on +/about of/with +/- -/of"
              + " -/? +/? ?/to");

  /** These say the same of what has a name: in, on and with Linux. */
  private static final Set<String> OF_NAMES = Words.set("in/on in/with on/with -/in -/on");

  /** These say how long and when of a number, and what or where of all else. */
  private static final Set<String> OF_NUMBERS = Words.set("for/in");

  private static final Set<String> BEFORE_VERBS = Words.set("i you we they he she it one to not");
  private static final Set<String> DOERS = Words.set("-/by +/by");
  private static final Set<String> MEANS = Words.set("in/with");

  /** An infinitive, or nothing that could be told from one. */
  private static final String INFINITIVE = "?";

  /** What is done, after a preposition: "for cleaning", as "to clean". */
  private static final String GERUND = "~";

  /** Nothing before it, and another thing right after it, which it describes. */
  private static final String COMPOUND = "+";

  /** Nothing before it. */
  private static final String BARE = "-";

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
    if (Remainder.areDistances(one, other)
        || (Comparison.compares(one) && Comparison.compares(other))) {
      return false;
    }
    Set<String> licensed = licensed(one, other);
    Map<String, Set<Tie>> first = ties(one.line());
    Map<String, Set<Tie>> second = ties(other.line());
    return first.entrySet().stream()
        .anyMatch(tie ->
            second.containsKey(tie.getKey())
                && tie.getValue().stream()
                    .noneMatch(here ->
                        second.get(tie.getKey()).stream()
                            .anyMatch(there -> alike(here, there, licensed))));
  }

  /**
   * What else may stand for what: with "by", who does it; where it is done, what it is done with.
   */
  private static Set<String> licensed(Prompt one, Prompt other) {
    var licensed = new HashSet<String>();
    if (Voice.match(one, other) == Voice.Match.SAME) {
      licensed.addAll(DOERS);
    }
    if (one.asks().contains(Asks.TO_DO) && other.asks().contains(Asks.TO_DO)) {
      licensed.addAll(MEANS);
    }
    return licensed;
  }

  /**
   * What binds a thing to what stands before it.
   *
   * @param by a preposition, or one of the marks above
   * @param name whether the thing has a name
   * @param number whether it is one
   * @param verb whether a verb stands before the preposition, which it may change
   */
  private record Tie(String by, boolean name, boolean number, boolean verb) {}

  private static boolean alike(Tie one, Tie other, Set<String> licensed) {
    String pair =
        one.by().compareTo(other.by()) < 0
            ? one.by() + "/" + other.by()
            : other.by() + "/" + one.by();
    boolean known =
        ALIKE.contains(pair)
            || licensed.contains(pair)
            || ((one.name() || other.name()) && OF_NAMES.contains(pair));
    boolean verbs = one.verb() && other.verb() && !licensed.contains(pair);
    return one.by().equals(other.by())
        || one.by().equals(GERUND)
        || other.by().equals(GERUND)
        || (known && !verbs && !(one.number() && OF_NUMBERS.contains(pair)));
  }

  /** How each thing is bound. */
  private static Map<String, Set<Tie>> ties(List<Word> line) {
    var ties = new HashMap<String, Set<Tie>>();
    for (int i = 0; i < line.size(); i++) {
      Word word = line.get(i);
      boolean person =
          i > 0 && Persons.isObject(word) && bindingClassOf(line.get(i - 1)).isPresent();
      if (Remainder.isMatter(word) || person) {
        Set<Tie> tie = ties.computeIfAbsent(word.stem(), _ -> new HashSet<>());
        tie.add(tie(line, i, i));
        tie.add(tie(line, head(line, i), i));
      }
    }
    return ties;
  }

  /** Where the things begin of which the one at {@code at} is the last: a preposition binds all. */
  private static int head(List<Word> line, int at) {
    int head = at;
    while (head > 0 && !line.get(head).opens() && Remainder.isMatter(line.get(head - 1))) {
      head--;
    }
    return head;
  }

  private static Tie tie(List<Word> line, int from, int at) {
    Word word = line.get(at);
    int before = from - 1;
    boolean determined = false;
    while (before >= 0 && (isDeterminer(line.get(before)) || line.get(before).wraps())) {
      determined |= isDeterminer(line.get(before));
      before--;
    }
    boolean name = word.capital() || word.acronym();
    boolean number = Character.isDigit(word.text().codePointAt(0));
    boolean first = before < 0 || line.get(from).opens();
    Optional<String> preposition = first ? Optional.empty() : bindingClassOf(line.get(before));
    boolean verb = Stem.isIng(line.get(from).text());
    boolean to = preposition.isPresent() && line.get(before).is("to");
    boolean infinitive = to && !determined && !name && !Persons.isObject(word);
    String by =
        verb && preposition.isPresent()
            ? GERUND
            : infinitive ? INFINITIVE : preposition.orElseGet(() -> unbound(line, at));
    return new Tie(by, name, number, preposition.isPresent() && isVerb(line, before - 1));
  }

  /** Whether the word at {@code at} has the form, or the place, of a verb. */
  private static boolean isVerb(List<Word> line, int at) {
    if (at < 0 || !Remainder.isMatter(line.get(at))) {
      return false;
    }
    String form = line.get(at).text();
    return Stem.isPast(form)
        || Stem.isIng(form)
        || (at > 0 && BEFORE_VERBS.contains(line.get(at - 1).text()));
  }

  static Optional<String> bindingClassOf(Word word) {
    return word.is("of") ? Optional.of("of") : classOf(word);
  }

  private static String unbound(List<Word> line, int at) {
    boolean describes =
        at + 1 < line.size() && (Remainder.isMatter(line.get(at + 1)) || line.get(at + 1).wraps());
    return describes ? COMPOUND : BARE;
  }

  /**
   * Whether a thing follows the same word here with a preposition and there as its object, or here
   * as what is to be done: "apply for the visa", "apply the visa"; "right to work", "right work".
   */
  static boolean objectsDiffer(Prompt one, Prompt other) {
    Map<List<String>, Set<Between>> first = followers(one.line());
    Map<List<String>, Set<Between>> second = followers(other.line());
    return first.entrySet().stream()
        .anyMatch(pair -> {
          Set<Between> there = second.getOrDefault(pair.getKey(), pair.getValue());
          return pair.getValue().size() == 1
              && there.size() == 1
              && Between.differ(pair.getValue().iterator().next(), there.iterator().next());
        });
  }

  /** What parts two neighbouring things. */
  private enum Between {
    NOTHING,
    DETERMINER,
    TO,
    PREPOSITION,
    OTHER;

    static boolean differ(Between one, Between other) {
      return (one == PREPOSITION && other == DETERMINER)
          || (one == DETERMINER && other == PREPOSITION)
          || (one == NOTHING && other == TO)
          || (one == TO && other == NOTHING);
    }
  }

  /** Neighbouring things, and what parts them. */
  private static Map<List<String>, Set<Between>> followers(List<Word> line) {
    var followers = new HashMap<List<String>, Set<Between>>();
    for (int i = 0; i < line.size(); i++) {
      if (!Remainder.isMatter(line.get(i))) {
        continue;
      }
      List<Word> between = between(line, i + 1);
      int next = i + 1 + between.size();
      if (next < line.size() && !line.get(next).opens()) {
        followers
            .computeIfAbsent(
                List.of(line.get(i).stem(), line.get(next).stem()), _ -> new HashSet<>())
            .add(kind(between, line.get(next)));
      }
    }
    return followers;
  }

  private static Between kind(List<Word> between, Word next) {
    if (between.isEmpty()) {
      return Stem.isIng(next.text()) ? Between.OTHER : Between.NOTHING;
    }
    if (between.size() == 1 && between.getFirst().is("to")) {
      return Between.TO;
    }
    if (classOf(between.getFirst()).isPresent()) {
      return Between.PREPOSITION;
    }
    return between.stream().allMatch(Prepositions::isArticle) ? Between.DETERMINER : Between.OTHER;
  }

  private static List<Word> between(List<Word> line, int from) {
    var between = new ArrayList<Word>();
    for (int i = from; i < line.size() && !Remainder.isMatter(line.get(i)); i++) {
      between.add(line.get(i));
    }
    return between;
  }
}
