package io.ccrelay.http;

import io.ccrelay.http.StructuredParser.Malformed;
import java.util.function.IntPredicate;

/** A position in the text of a structured field. Used once, by one thread. */
final class StructuredScanner {

  /** What {@link #peek} answers at the end. */
  static final int END = -1;

  private final String input;
  private int position;

  StructuredScanner(String input) {
    this.input = input;
  }

  boolean atEnd() {
    return position == input.length();
  }

  int peek() {
    return atEnd() ? END : input.charAt(position);
  }

  char next(String expected) {
    if (atEnd()) {
      throw malformed(expected);
    }
    return input.charAt(position++);
  }

  boolean take(char wanted) {
    boolean there = peek() == wanted;
    if (there) {
      position++;
    }
    return there;
  }

  void expect(char wanted) {
    if (!take(wanted)) {
      throw malformed(String.valueOf(wanted));
    }
  }

  String takeWhile(IntPredicate accepted) {
    int start = position;
    while (!atEnd() && accepted.test(input.charAt(position))) {
      position++;
    }
    return input.substring(start, position);
  }

  void skipSpaces() {
    while (take(' ')) {}
  }

  void skipBlanks() {
    while (take(' ') || take('\t')) {}
  }

  Malformed malformed(String expected) {
    return new Malformed(expected, position);
  }
}
