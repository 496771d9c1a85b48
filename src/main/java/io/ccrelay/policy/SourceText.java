package io.ccrelay.policy;

import io.ccrelay.policy.expression.SourcePosition;
import java.util.Arrays;
import java.util.List;

/**
 * The text of a document after named values were put in, which still knows where each part of it
 * stands in the document. Lines end at a line feed.
 */
final class SourceText {

  private final String name;
  private final String text;
  private final List<Replacement> replacements;
  private final int[] replacedStarts;
  private final int[] lineStarts;

  /**
   * Knows positions.
   *
   * @param name of the document
   * @param original before replacement
   * @param text after it
   * @param replacements in the order of the text
   */
  SourceText(String name, String original, String text, List<Replacement> replacements) {
    this.name = name;
    this.text = text;
    this.replacements = List.copyOf(replacements);
    this.replacedStarts = replacements.stream().mapToInt(Replacement::start).toArray();
    this.lineStarts = lineStarts(original);
  }

  /** A document without named values. */
  static SourceText plain(String name, String text) {
    return new SourceText(name, text, text, List.of());
  }

  /**
   * A replaced part; ends are exclusive.
   *
   * @param from begin in the original
   * @param to end in the original
   * @param start begin in the text
   * @param end end in the text
   */
  record Replacement(int from, int to, int start, int end) {}

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  /** The next index from {@code from} on where no blank stands, or the length of the text. */
  int afterBlanks(int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The place in the document of {@code offset} in the text. */
  SourcePosition at(int offset) {
    int original = originalOf(offset);
    int found = Arrays.binarySearch(lineStarts, original);
    int line = found >= 0 ? found : -found - 2;
    return new SourcePosition(name, line + 1, original - lineStarts[line] + 1);
  }

  /** Whether a named value stands between {@code from} and {@code to}: it may be a secret. */
  boolean hasNamedValue(int from, int to) {
    return replacements.stream().anyMatch(one -> one.start() <= to && one.end() >= from);
  }

  private int originalOf(int offset) {
    int found = Arrays.binarySearch(replacedStarts, offset);
    int index = found >= 0 ? found : -found - 2;
    if (index < 0) {
      return offset;
    }
    Replacement one = replacements.get(index);
    return offset < one.end() ? one.from() : offset - one.end() + one.to();
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[1 + (int) text.chars().filter(c -> c == '\n').count()];
    int line = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      starts[line++] = i + 1;
    }
    return starts;
  }
}
