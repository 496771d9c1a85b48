package io.ccrelay.policy;

import java.util.Locale;

/** How many slips lie between two names: insertions, deletions, substitutions; case is none. */
final class Likeness {

  private static final int LONGEST = 64;

  private Likeness() {}

  static int distance(String first, String second) {
    if (Math.max(first.length(), second.length()) > LONGEST) {
      return first.equals(second) ? 0 : LONGEST;
    }
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
