package io.ccrelay.config;

import java.util.List;
import java.util.Optional;

/**
 * Where the parts of an expanded text stand in the file, so that a problem names the line a user
 * sees in the editor. Lines end at a line feed.
 */
final class Origins {

  private final String source;
  private final String text;
  private final List<Replacement> replacements;

  Origins(String source, String text, List<Replacement> replacements) {
    this.source = source;
    this.text = text;
    this.replacements = List.copyOf(replacements);
  }

  /**
   * One replaced reference; offsets count characters, ends are exclusive.
   *
   * @param unset the variable's name if it is not set; empty if the reference was malformed
   */
  record Replacement(int from, int to, int start, int end, Optional<String> unset) {}

  /** The place in the file of a place in the expanded text. */
  Position of(Position expanded) {
    if (replacements.isEmpty() || expanded.line() < 1) {
      return expanded;
    }
    return positionAt(source, sourceOffset(offsetOf(text, expanded)));
  }

  /** The first unset variable that the line of {@code at} (a place in the file) refers to. */
  Optional<String> unsetOn(Position at) {
    int start = offsetOf(source, new Position(at.line(), 1));
    int feed = source.indexOf('\n', start);
    int end = feed < 0 ? source.length() : feed;
    return replacements.stream()
        .filter(one -> one.from() >= start && one.from() < end)
        .flatMap(one -> one.unset().stream())
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  private int sourceOffset(int offset) {
    int shift = 0;
    for (var one : replacements) {
      if (one.start() > offset) {
        break;
      }
      if (offset < one.end()) {
        return one.from();
      }
      shift = one.to() - one.end();
    }
    return offset + shift;
  }

  private static int offsetOf(String text, Position at) {
    int offset = 0;
    for (int line = 1; line < at.line(); line++) {
      int feed = text.indexOf('\n', offset);
      if (feed < 0) {
        return text.length();
      }
      offset = feed + 1;
    }
    return Math.min(offset + at.column() - 1, text.length());
  }

  private static Position positionAt(String text, int offset) {
    int line = 1;
    int start = 0;
    int feed = text.indexOf('\n');
    while (feed >= 0 && feed < offset) {
      line++;
      start = feed + 1;
      feed = text.indexOf('\n', start);
    }
    return new Position(line, offset - start + 1);
  }
}
