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
          Map.entry("expensive", "#howmuch"));

  /** Asks for what to do. */
  static final String TO_DO = "#how";

  /** Asks for something to choose. */
  static final String SUGGESTION = "#suggest";

  /** Asks for what something is. */
  static final String DEFINITION = "#what";

  private static final Set<String> DUTIES = Set.of("should", "must", "shall");
  private static final Set<String> DOERS = Set.of("i", "you", "we", "one");
  private static final Set<String> BE = Set.of("is", "are", "was", "were");
  private static final Set<String> TELLING = Set.of("explain", "describe", "define");
  private static final Set<String> SUGGESTING = Set.of("suggest", "recommend", "propose");
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
    return toDo ? Optional.of(TO_DO) : Optional.empty();
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

  /** What a sentence asks that begins with an auxiliary: whether it is, or whether it ought. */
  private static Optional<String> opening(List<Word> words) {
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String next = i + 1 < words.size() ? words.get(i + 1).text() : "";
      boolean polite = next.equals("you") || next.equals("not");
      if (word.opens() && Grammar.AUXILIARIES.contains(word.text()) && !polite) {
        return Optional.of(DUTIES.contains(word.text()) ? "#ought" : "#yesno");
      }
    }
    return Optional.empty();
  }
}
