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
 */
record Word(
    String text, String stem, boolean capital, boolean acronym, boolean opens, boolean wraps) {

  /** A word of lower-case letters inside a sentence. */
  static Word plain(String text) {
    return new Word(text, Stem.of(text), false, false, false, false);
  }

  boolean is(String other) {
    return text.equals(other);
  }
}
