package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;

/**
 * Objects when the same verb tells what was, what is, what will or what would be: "who won" and
 * "who wins", "has he paid" and "does he pay".
 */
final class TenseGuard implements Guard {

  private static final Set<String> HELPERS =
      Words.set(
          "is are was were be been being am has have had having get gets got getting do does did"
              + " not",
          "will would can could shall should may might must to");

  private static final Set<String> DETERMINERS =
      Words.set("a an the my your his her its our their this that these those");

  private static final Set<String> PERFECT = Set.of("have", "has", "had", "having");
  private static final Set<String> GENERIC = Set.of("i", "you", "we", "one", "like", "it");

  /** How far a helper may stand before its verb. */
  private static final int REACH = 4;

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return isPast(one, other)
        || isPast(other, one)
        || perfect(one.words()) != perfect(other.words())
        || would(one.words()) != would(other.words())
        || (will(one) != will(other) && !conditional(one, other));
  }

  /** A verb told in the past here and in another form there. */
  private static boolean isPast(Prompt one, Prompt other) {
    for (int i = 0; i < one.words().size(); i++) {
      Word word = one.words().get(i);
      if (isFinitePast(one.words(), i) && isPresent(other, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFinitePast(List<Word> words, int at) {
    boolean attribute = at == 0 || DETERMINERS.contains(words.get(at - 1).text());
    return Stem.isPast(words.get(at).text()) && !attribute && !isHelped(words, at);
  }

  private static boolean isHelped(List<Word> words, int at) {
    boolean done = at + 1 == words.size() && words.getFirst().is("how") && Asks.isBe(words.get(1));
    return done
        || words.subList(Math.max(0, at - REACH), at).stream()
            .anyMatch(word -> HELPERS.contains(word.text()));
  }

  /** Whether it occurs, only in forms of the present, and nothing else says it was. */
  private static boolean isPresent(Prompt prompt, Word verb) {
    List<Word> same = prompt.words().stream().filter(word -> isSameVerb(word, verb)).toList();
    return !same.isEmpty()
        && !prompt.says("did")
        && !prompt.says("was")
        && !prompt.says("were")
        && !prompt.says("had")
        && same.stream().noneMatch(word -> Stem.isPast(word.text()) || Stem.isIng(word.text()));
  }

  /** In any form; synonyms may be nouns, and so is who does it: "wrote", "writer". */
  private static boolean isSameVerb(Word one, Word other) {
    return one.stem().equals(other.stem())
        && one.text().charAt(0) == other.text().charAt(0)
        && !other.text().endsWith("er");
  }

  /** "Has he paid", not "has he a car". */
  private static boolean perfect(List<Word> words) {
    for (int i = 0; i < words.size(); i++) {
      if (PERFECT.contains(words.get(i).text())
          && words.subList(i + 1, Math.min(words.size(), i + REACH)).stream()
              .anyMatch(word -> word.is("been") || Stem.isPast(word.text()))) {
        return true;
      }
    }
    return false;
  }

  /** Not "would you tell me", "I would like", "how would I". */
  private static boolean would(List<Word> words) {
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).is("would") && !GENERIC.contains(words.get(i + 1).text())) {
        return true;
      }
    }
    return false;
  }

  private static boolean will(Prompt prompt) {
    List<Word> words = prompt.words();
    for (int i = 0; i + 1 < words.size(); i++) {
      boolean polite = words.get(i).opens() && words.get(i + 1).is("you");
      if (isFuture(words, i) && !polite) {
        return true;
      }
    }
    return false;
  }

  /** Not the name, and not what will not do now: "it won't open". */
  private static boolean isFuture(List<Word> words, int at) {
    boolean name = words.get(at).capital() && !words.get(at).opens();
    return words.get(at).is("will") && !name && !words.get(at + 1).is("not");
  }

  /** What will happen if: it happens if. */
  private static boolean conditional(Prompt one, Prompt other) {
    return isConditional(one) && isConditional(other);
  }

  private static boolean isConditional(Prompt prompt) {
    return prompt.words().stream().skip(1).anyMatch(word -> word.is("if") || word.is("when"));
  }
}
