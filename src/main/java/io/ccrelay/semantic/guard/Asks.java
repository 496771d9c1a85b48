package io.ccrelay.semantic.guard;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what kinds of answer a prompt asks for. */
final class Asks {

  private static final Set<String> QUESTION_WORDS = Set.of("why", "when", "where", "who", "whom");

  private static final Map<String, String> HOW =
      Map.ofEntries(
          Map.entry("far", "#howfar"),
          Map.entry("old", "#howold"),
          Map.entry("long", "#howlong"),
          Map.entry("tall", "#howtall"),
          Map.entry("high", "#howtall"),
          Map.entry("many", "#howmany"),
          Map.entry("often", "#howoften"),
          Map.entry("much", "#howmuch"),
          Map.entry("fast", "#howfast"),
          Map.entry("expensive", "#howmuch"),
          Map.entry("deep", "#howdeep"),
          Map.entry("wide", "#howwide"),
          Map.entry("thick", "#howthick"),
          Map.entry("heavy", "#howheavy"),
          Map.entry("big", "#howbig"),
          Map.entry("large", "#howbig"),
          Map.entry("hot", "#howhot"));

  /** Asks for what to do. */
  static final String TO_DO = "#how";

  /** Asks in what way something is or happens. */
  static final String MANNER = "#manner";

  /** Asks for something to choose. */
  static final String SUGGESTION = "#suggest";

  /** Asks for what something is. */
  static final String DEFINITION = "#what";

  /** Asks whether something is so. */
  static final String WHETHER = "#yesno";

  /** Asks whether one ought to. */
  static final String WHETHER_OUGHT = "#ought";

  /** Asks for the thing itself: "which is the", "find the". */
  static final String VALUE = "#value";

  /** Asks for one to be made: "give me a", "I need a". */
  static final String MAKING = "#make";

  /** Asks for an account of it. */
  static final String ACCOUNT = "#explain";

  /** Asks what something does. */
  private static final String DEED = "#does";

  private static final Set<String> POLITE = Set.of("could", "would", "will");
  private static final Set<String> DUTIES = Set.of("should", "must", "shall");
  private static final Set<String> PRONOUNS =
      Set.of("i", "you", "we", "one", "he", "she", "it", "they", "there");
  private static final Set<String> COMPARED = Set.of("more", "less", "better", "worse");
  private static final Set<String> DEEDS = Set.of("do", "does", "did", "done");
  private static final Set<String> DOERS = Set.of("i", "you", "we", "one");
  private static final Set<String> BE = Set.of("is", "are", "was", "were");
  private static final Set<String> TELLING = Set.of("explain", "describe", "define");
  private static final Set<String> SUGGESTING = Set.of("suggest", "recommend", "propose");
  private static final Set<String> REQUESTS = Words.set("give tell show provide need want like");
  private static final Set<String> PRONOUNS_ASKED = Set.of("me", "us");
  private static final Set<String> ONE = Set.of("a", "an", "some", "another");
  private static final Set<String> WAYS =
      Words.set("way ways method methods procedure process steps command");

  /** A question word further in than this binds a clause and asks nothing. */
  private static final int EARLY = 8;

  private Asks() {}

  static Set<String> of(List<Word> words, String text) {
    var asks = new HashSet<String>();
    boolean asked = false;
    for (int i = 0; i < words.size() && i < EARLY && !asked; i++) {
      String word = words.get(i).acronym() ? "" : words.get(i).text();
      String next = i + 1 < words.size() ? words.get(i + 1).text() : "";
      if (QUESTION_WORDS.contains(word) && leads(words, i)) {
        asks.add(word.equals("whom") ? "#who" : "#" + word);
        asked = true;
      } else if (word.equals("how")) {
        how(words, i, next).ifPresent(asks::add);
        asked = true;
      }
      asked |= word.equals("what") || word.equals("which");
    }
    if (!asked) {
      opening(words).ifPresent(asks::add);
    }
    if (words.stream().map(Word::text).anyMatch(WAYS::contains)) {
      asks.add(TO_DO);
    }
    if (words.stream().map(Word::text).anyMatch(SUGGESTING::contains)) {
      asks.add(SUGGESTION);
    }
    if (words.size() > 2
        && words.get(0).is("which")
        && isBe(words.get(1))
        && words.get(2).is("the")) {
      asks.add(VALUE);
    }
    if (words.stream().limit(EARLY).map(Word::text).anyMatch(TELLING::contains)) {
      asks.add(ACCOUNT);
    }
    if (isMaking(words)) {
      asks.add(MAKING);
    }
    if (isDeed(words)) {
      asks.add(DEED);
    }
    if (!asks.contains(TO_DO) && isDefinition(words)) {
      asks.add(DEFINITION);
    }
    return asks;
  }

  /** Whether nothing but the wrapping of a request stands before: else the word binds a clause. */
  private static boolean leads(List<Word> words, int at) {
    return words.get(at).opens() || words.subList(0, at).stream().noneMatch(Remainder::isMatter);
  }

  /** "How do I", "how to": wants to be told what to do. "How does it": wants to understand. */
  private static Optional<String> how(List<Word> words, int at, String next) {
    String degree = HOW.get(next);
    if (degree != null) {
      return Optional.of(degree);
    }
    String afterNext = at + 2 < words.size() ? words.get(at + 2).text() : "";
    boolean toDo = next.equals("to") || DOERS.contains(afterNext);
    return Optional.of(toDo ? TO_DO : MANNER);
  }

  private static boolean isDefinition(List<Word> words) {
    for (int i = 0; i + 1 < words.size() && i < EARLY; i++) {
      if (words.get(i).is("what") && BE.contains(words.get(i + 1).text())) {
        return true;
      }
    }
    return words.stream().limit(EARLY).map(Word::text).anyMatch(TELLING::contains);
  }

  /** Whether {@code word} is a form of "to be". */
  static boolean isBe(Word word) {
    return BE.contains(word.text());
  }

  /** Whether {@code word} after "how" asks for a degree. */
  static boolean isDegree(Word word) {
    return HOW.containsKey(word.text());
  }

  private static Optional<String> whether(List<Word> words, Word auxiliary, String next) {
    if (isChoice(words)) {
      return Optional.empty();
    }
    if (auxiliary.is("will") && !PRONOUNS.contains(next)) {
      return Optional.of("#will");
    }
    return Optional.of(DUTIES.contains(auxiliary.text()) ? WHETHER_OUGHT : WHETHER);
  }

  /** "Is A or B older" asks which of them is. */
  private static boolean isChoice(List<Word> words) {
    return words.stream().anyMatch(word -> word.is("or"))
        && words.stream()
            .map(Word::text)
            .anyMatch(
                word -> COMPARED.contains(word) || (word.length() > 4 && word.endsWith("er")));
  }

  /** A request, "a" and something that is no account: not "give me a description of". */
  private static boolean isMaking(List<Word> words) {
    for (int i = 0; i + 2 < words.size() && i < EARLY; i++) {
      boolean requested = words.get(i).wraps() && REQUESTS.contains(words.get(i).text());
      int article = PRONOUNS_ASKED.contains(words.get(i + 1).text()) ? i + 2 : i + 1;
      if (requested && article + 1 < words.size() && ONE.contains(words.get(article).text())) {
        return !words.get(article + 1).wraps();
      }
    }
    return false;
  }

  /** "What does it do", "what is it doing": not only what it is. */
  private static boolean isDeed(List<Word> words) {
    boolean what = words.stream().limit(EARLY).anyMatch(word -> word.is("what"));
    long does = words.stream().filter(word -> DEEDS.contains(word.text())).count();
    boolean generic =
        words.stream().anyMatch(word -> word.is("i") || word.is("you") || word.is("we"));
    return what && !generic && (does > 1 || words.stream().anyMatch(word -> word.is("doing")));
  }

  /** "Could you tell me", not "can you eat". */
  private static boolean isPolite(List<Word> words, int at) {
    return at + 2 < words.size()
        && words.get(at + 1).is("you")
        && (words.get(at + 2).wraps() || POLITE.contains(words.get(at).text()));
  }

  /** What a sentence asks that begins with an auxiliary: whether it is, or whether it ought. */
  private static Optional<String> opening(List<Word> words) {
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String next = i + 1 < words.size() ? words.get(i + 1).text() : "";
      boolean polite = next.equals("not") || isPolite(words, i);
      if (word.opens() && Grammar.AUXILIARIES.contains(word.text()) && !polite) {
        return whether(words, word, next);
      }
    }
    return words.stream().anyMatch(word -> word.is("whether") && !word.mentioned())
        ? Optional.of(WHETHER)
        : Optional.empty();
  }
}
