package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Set;

/**
 * A prompt, read: its words and what else it holds. Immutable.
 *
 * @param words all words in order; numbers, identifiers and quotes are not among them
 * @param payload the words after the first colon, such as a text to translate
 * @param quotes quoted passages in order
 * @param identifiers code, paths, formulas and operators, lower case
 * @param quantities numbers with their units
 * @param units units mentioned without a number
 * @param scripts the writing systems of its letters
 * @param line words, numbers and identifiers in order, for looking at neighbours
 * @param asks what kinds of answer it asks for: {@code #why}, {@code #when}, {@code #yesno}...
 */
record Prompt(
    List<Word> words,
    List<String> payload,
    List<String> quotes,
    List<String> identifiers,
    List<Quantity> quantities,
    Set<String> units,
    Set<Character.UnicodeScript> scripts,
    List<Word> line,
    Set<String> asks) {

  /** A prompt of more words, numbers and identifiers is a text. */
  static final int LONGEST = 64;

  /** Makes the collections immutable. */
  Prompt {
    words = List.copyOf(words);
    payload = List.copyOf(payload);
    quotes = List.copyOf(quotes);
    identifiers = List.copyOf(identifiers);
    quantities = List.copyOf(quantities);
    units = Set.copyOf(units);
    scripts = Set.copyOf(scripts);
    line = List.copyOf(line);
    asks = Set.copyOf(asks);
  }

  /** The same with other words. */
  Prompt withLine(List<Word> otherWords, List<Word> otherLine) {
    return new Prompt(
        otherWords, payload, quotes, identifiers, quantities, units, scripts, otherLine, asks);
  }

  /** Whether nothing was found that could be compared. */
  boolean isEmpty() {
    return line.isEmpty() && quotes.isEmpty();
  }

  /** Whether it is so long that what its words do to each other cannot be told. */
  boolean isText() {
    return line.size() > LONGEST;
  }

  /** Whether both say the same word for word, but for the wrapping of the request. */
  boolean saysWhat(Prompt other) {
    return unwrapped().equals(other.unwrapped())
        && payload.equals(other.payload)
        && quotes.equals(other.quotes)
        && quantities.equals(other.quantities)
        && scripts.equals(other.scripts);
  }

  private List<String> unwrapped() {
    return line.stream().filter(word -> !word.wraps()).map(Word::text).toList();
  }

  /** Whether one of the words is {@code text}. */
  boolean says(String text) {
    return words.stream().anyMatch(word -> word.is(text));
  }

  /** Whether a word with {@code stem} occurs. */
  boolean means(String stem) {
    return words.stream().anyMatch(word -> word.stem().equals(stem));
  }
}
