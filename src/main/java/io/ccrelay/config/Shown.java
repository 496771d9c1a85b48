package io.ccrelay.config;

/** How much of a file's text a message may show: long texts may be secrets in the wrong place. */
final class Shown {

  private static final int LONGEST = 24;

  private Shown() {}

  /** {@code text} in quotes, or only its length. */
  static String value(String text) {
    boolean harmless =
        text.length() <= LONGEST
            && !text.startsWith("sk-")
            && text.chars().noneMatch(Character::isISOControl);
    return harmless ? '"' + text + '"' : "a text of " + text.length() + " characters";
  }

  /** A key, cut short. */
  static String key(String key) {
    String clean = key.replaceAll("\\p{Cntrl}", " ");
    return clean.length() <= 2 * LONGEST ? clean : clean.substring(0, 2 * LONGEST) + "...";
  }
}
