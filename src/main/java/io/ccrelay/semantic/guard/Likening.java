package io.ccrelay.semantic.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes one what two prompts call by different names: where each has a word that the other lacks,
 * and the {@link Thesaurus} knows the two to be the same, they get one stem. Names, acronyms and
 * words that are spoken of are left as they are.
 */
final class Likening {

  /** Terms of more words are not looked for. */
  private static final int LONGEST = 3;

  /** Prompts with more words of their own than this are not alike. */
  private static final int MOST = 8;

  private Likening() {}

  /**
   * A term of one prompt.
   *
   * @param text its words, lower case, a space between them
   * @param words how many they are
   * @param entry what the thesaurus knows of it
   */
  private record Term(String text, int words, String stem, boolean name, Thesaurus.Entry entry) {}

  /** Two terms that mean the same. */
  private record Match(Term one, Term other) {

    String first() {
      return one.text().compareTo(other.text()) < 0 ? one.text() : other.text();
    }

    String second() {
      return one.text().compareTo(other.text()) < 0 ? other.text() : one.text();
    }

    int words() {
      return one.words() + other.words();
    }

    /** The same for both, whichever prompt comes first. */
    String stem() {
      return one.stem().compareTo(other.stem()) < 0 ? one.stem() : other.stem();
    }
  }

  static Slips.Pair made(Slips.Pair pair) {
    List<Term> here = terms(pair.one(), pair.other());
    List<Term> there = terms(pair.other(), pair.one());
    if (here.isEmpty() || there.isEmpty() || Math.max(here.size(), there.size()) > LONGEST * MOST) {
      return pair;
    }
    List<Match> matches = chosen(matches(here, there, areOfPeople(pair)));
    return matches.isEmpty()
        ? pair
        : new Slips.Pair(
            rewritten(pair.one(), matches, Match::one),
            rewritten(pair.other(), matches, Match::other));
  }

  /** Whether both ask for somebody. */
  private static boolean areOfPeople(Slips.Pair pair) {
    return pair.one().asks().contains("#who") && pair.other().asks().contains("#who");
  }

  private static List<Match> matches(List<Term> here, List<Term> there, boolean who) {
    var matches = new ArrayList<Match>();
    for (Term one : here) {
      for (Term other : there) {
        if (areSame(one, other, who)) {
          matches.add(new Match(one, other));
        }
      }
    }
    return matches;
  }

  private static boolean areSame(Term one, Term other, boolean who) {
    Thesaurus thesaurus = Thesaurus.get();
    if (one.name() || other.name()) {
      return thesaurus.isPlace(one.text(), other.text())
          || thesaurus.isPlace(other.text(), one.text());
    }
    return one.entry().isSynonymOf(other.entry())
        || one.entry().isDeedOf(other.entry())
        || (who && one.entry().isDoerOf(other.entry()));
  }

  /** Long terms before short ones; each word is used once. */
  private static List<Match> chosen(List<Match> matches) {
    matches.sort(
        Comparator.comparingInt(Match::words)
            .reversed()
            .thenComparing(Match::first)
            .thenComparing(Match::second));
    var chosen = new ArrayList<Match>();
    var here = new HashSet<String>();
    var there = new HashSet<String>();
    for (Match match : matches) {
      Set<String> one = Words.set(match.one().text());
      Set<String> other = Words.set(match.other().text());
      if (one.stream().noneMatch(here::contains) && other.stream().noneMatch(there::contains)) {
        here.addAll(one);
        there.addAll(other);
        chosen.add(match);
      }
    }
    return chosen;
  }

  /** Terms of {@code prompt} that the other lacks, at least in part. */
  private static List<Term> terms(Prompt prompt, Prompt other) {
    var terms = new ArrayList<Term>();
    List<Word> words = prompt.words();
    for (int i = 0; i < words.size(); i++) {
      if (isOpen(words.get(i)) && !words.get(i).wraps() && isOwn(words.get(i), other)) {
        Word word = words.get(i);
        terms.add(term(word.text(), 1, word.stem(), isName(word)));
      }
      for (int length = 2; length <= LONGEST && i + length <= words.size(); length++) {
        List<Word> span = words.subList(i, i + length);
        if (isTerm(span, other)) {
          String text = String.join(" ", span.stream().map(Word::text).toList());
          Term term = term(text, length, text, false);
          if (!term.entry().isEmpty()) {
            terms.add(term);
          }
        }
      }
    }
    return terms;
  }

  private static Term term(String text, int words, String stem, boolean name) {
    return new Term(text, words, stem, name, Thesaurus.get().entry(text));
  }

  private static boolean isTerm(List<Word> span, Prompt other) {
    return span.stream().allMatch(word -> isOpen(word) && !isName(word))
        && span.stream().skip(1).noneMatch(Word::opens)
        && span.stream().anyMatch(word -> Remainder.isMatter(word) && isOwn(word, other));
  }

  private static boolean isOpen(Word word) {
    return !word.acronym() && !word.mentioned() && !NegationGuard.negates(word);
  }

  private static boolean isOwn(Word word, Prompt other) {
    return Remainder.isMatter(word) && !other.means(word.stem());
  }

  private static boolean isName(Word word) {
    return word.capital() && !word.opens();
  }

  /** Which side of a match belongs to a prompt. */
  private interface Side {
    Term of(Match match);
  }

  private static Prompt rewritten(Prompt prompt, List<Match> matches, Side side) {
    Map<String, Match> byFirst = new HashMap<>();
    for (Match match : matches) {
      byFirst.put(Words.list(side.of(match).text()).getFirst(), match);
    }
    return prompt.withLine(
        rewritten(prompt.words(), byFirst, side), rewritten(prompt.line(), byFirst, side));
  }

  private static List<Word> rewritten(List<Word> words, Map<String, Match> byFirst, Side side) {
    var rewritten = new ArrayList<Word>();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      Match match = byFirst.get(word.text());
      int length = match == null ? 0 : side.of(match).words();
      if (match != null && isAt(words, i, side.of(match))) {
        rewritten.add(side.of(match).name() ? word.as(place(match)) : word.meaning(match.stem()));
        i += length - 1;
      } else {
        rewritten.add(word);
      }
    }
    return rewritten;
  }

  private static boolean isAt(List<Word> words, int at, Term term) {
    return at + term.words() <= words.size()
        && String.join(" ", words.subList(at, at + term.words()).stream().map(Word::text).toList())
            .equals(term.text());
  }

  private static String place(Match match) {
    return Thesaurus.get().isPlace(match.one().text(), match.other().text())
        ? match.other().text()
        : match.one().text();
  }
}
