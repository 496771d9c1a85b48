package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A turn of phrase, and what stands for it.
 *
 * @param signs lower-case texts without one of which the turn is not there: quickly seen
 */
record Turn(List<String> signs, Pattern words, String plain) {

  /** A turn that stands anywhere; {@code signs} have commas between them. */
  static Turn anywhere(String signs, String words, String plain) {
    return new Turn(signs(signs), Pattern.compile("(?i)\\b(?:" + words + ")\\b"), plain);
  }

  /** A turn that stands anywhere, before what is no word. */
  static Turn before(String signs, String words, String plain) {
    return new Turn(signs(signs), Pattern.compile("(?i)\\b(?:" + words + ")"), plain);
  }

  /** A turn with which a sentence begins. */
  static Turn opening(String signs, String words, String plain) {
    return new Turn(
        signs(signs),
        Pattern.compile("(?i)(?<![^.!?:,\\s]\\s)(?:please )?\\b(?:" + words + ")"),
        plain);
  }

  /** A turn that is all of a text but for what ends it. */
  static Turn whole(String signs, String words, String plain) {
    return new Turn(
        signs(signs), Pattern.compile("(?i)^\\s*(?:" + words + ")(\\s?[?.!]*)\\s*$"), plain);
  }

  private static List<String> signs(String signs) {
    return List.of(signs.split(",", -1));
  }

  private boolean mayOccurIn(String lower) {
    for (String sign : signs) {
      if (lower.contains(sign)) {
        return true;
      }
    }
    return false;
  }

  /** {@code text} with each of {@code turns} made plain, in their order. */
  static String allOf(List<Turn> turns, String text) {
    String plain = text;
    String lower = text.toLowerCase(Locale.ROOT);
    for (Turn turn : turns) {
      if (turn.mayOccurIn(lower)) {
        String changed = turn.words().matcher(plain).replaceAll(turn.plain());
        lower = changed.equals(plain) ? lower : changed.toLowerCase(Locale.ROOT);
        plain = changed;
      }
    }
    return plain;
  }
}
