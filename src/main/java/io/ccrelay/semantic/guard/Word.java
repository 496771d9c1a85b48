package io.ccrelay.semantic.guard;

/**
 * One word of a prompt.
 *
 * @param text lower case
 * @param stem what it is compared by: inflection removed, synonyms made one
 * @param capital it begins with a capital letter
 * @param acronym it has two or more letters, all of them capital
 * @param opens it is the first word of a sentence
 * @param wraps it belongs to the wrapping of a request; see {@link Wrapping}
 * @param mentioned it is spoken of, not used; see {@link Mentions}
 */
record Word(
    String text,
    String stem,
    boolean capital,
    boolean acronym,
    boolean opens,
    boolean wraps,
    boolean mentioned) {

  /** A word of lower-case letters inside a sentence. */
  static Word plain(String text) {
    return new Word(text, Stem.of(text), false, false, false, false, false);
  }

  /** The same word, spoken of. */
  Word asMentioned() {
    return new Word(text, stem, capital, acronym, opens, wraps, true);
  }

  /** The same word, spelled {@code otherwise}. */
  Word as(String otherwise) {
    return new Word(otherwise, Stem.of(otherwise), capital, acronym, opens, wraps, mentioned);
  }

  boolean is(String other) {
    return text.equals(other);
  }

  /** The same word, which means what {@code otherStem} stands for. */
  Word meaning(String otherStem) {
    return new Word(text, otherStem, capital, acronym, opens, wraps, mentioned);
  }
}
