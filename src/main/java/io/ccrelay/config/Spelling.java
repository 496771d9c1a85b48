package io.ccrelay.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** How near one key is to another: insertions, deletions, substitutions, swaps of neighbours. */
final class Spelling {

  /** Longest key compared. */
  private static final int LONGEST = 48;

  private Spelling() {}

  /** The nearest of {@code known}, if it is near enough to be what was meant. */
  static Optional<String> nearest(String key, Collection<String> known) {
    return known.stream()
        .filter(name -> isNear(key, name))
        .min(Comparator.comparingInt(name -> distance(key, name)));
  }

  /**
   * Whether {@code key} is probably {@code name} misspelt: one slip in short names, two in others.
   */
  private static boolean isNear(String key, String name) {
    int most = name.length() <= 3 ? 1 : 2;
    return Math.abs(key.length() - name.length()) <= most && distance(key, name) <= most;
  }

  /** The number of slips between {@code a} and {@code b} (optimal string alignment). */
  static int distance(String a, String b) {
    if (Math.max(a.length(), b.length()) > LONGEST) {
      return a.equals(b) ? 0 : LONGEST;
    }
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : cell(rows, a, b, i, j);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int cell(int[][] rows, String a, String b, int i, int j) {
    int substitution = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(substitution, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
  }
}
