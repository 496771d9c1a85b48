package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;

/**
 * Tells small words that are spoken of from those that are used: "the in operator", "between who
 * and whom", "a for loop", "replace a with b".
 */
final class Mentions {

  private static final Set<String> ARTICLES = Set.of("a", "an", "the");
  private static final Set<String> BINDING =
      Words.set(
          "of to in on at by for from with about as into and or but so if whether because since",
          "is are was were be been do does did has have had than not while");

  private static final Set<String> JOINING = Set.of("and", "or", "vs", "versus");
  private static final Set<String> KINDS =
      Words.set("operator keyword statement loop clause conjunction preposition pronoun verb");

  private Mentions() {}

  /** Whether the word at {@code at} is spoken of. */
  static boolean at(List<Word> words, int at) {
    Word word = words.get(at);
    if (!Grammar.isFunction(word.text())) {
      return false;
    }
    boolean article = ARTICLES.contains(word.text());
    return article ? isBareArticle(words, at) : isNamed(words, at) || isContrasted(words, at);
  }

  /** "a" with nothing it could belong to. */
  private static boolean isBareArticle(List<Word> words, int at) {
    boolean last = at + 1 == words.size() || words.get(at + 1).opens();
    boolean first = at == 0 || words.get(at).opens();
    boolean determines = last || JOINING.contains(words.get(at + 1).text());
    return !first && (determines || (isPreposition(words.get(at + 1)) && !isNamed(words, at + 1)));
  }

  private static boolean isPreposition(Word word) {
    return Prepositions.classOf(word).isPresent();
  }

  private static boolean isNamed(List<Word> words, int at) {
    boolean binds = BINDING.contains(words.get(at).text());
    boolean kind = at + 1 < words.size() && KINDS.contains(words.get(at + 1).stem());
    return binds && kind && at > 0 && !Remainder.isMatter(words.get(at - 1));
  }

  /** One of two small words set against each other. */
  private static boolean isContrasted(List<Word> words, int at) {
    return (at > 0 && words.get(at - 1).is("between") && joined(words, at + 1))
        || (at > 2 && words.get(at - 3).is("between") && joined(words, at - 1));
  }

  private static boolean joined(List<Word> words, int at) {
    return at < words.size() && JOINING.contains(words.get(at).text());
  }
}
