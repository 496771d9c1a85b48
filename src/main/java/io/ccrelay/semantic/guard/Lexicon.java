package io.ccrelay.semantic.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * Tells words from what is none, by WordNet and the small words it leaves out. Kept as digests: one
 * in fifty thousand strings passes for a word that is none. Read when first asked, about 300 kB.
 * Safe for use from any context.
 */
final class Lexicon {

  private static final String RESOURCE = "words.txt";
  private static final Set<String> SMALL =
      Words.set(
          "about above across after against although among another around because before behind",
          "below beneath beside besides between beyond despite during either everybody everyone",
          "except herself himself however inside instead itself might myself neither nobody onto",
          "opposite other others ought ourselves outside past shall should since somebody someone",
          "something than that their theirs them themselves these they this those though through",
          "throughout toward towards under underneath unless unlike until upon versus were what",
          "whatever when whenever where whereas wherever whether which whichever while whoever whom",
          "whose with within without would yourself anybody anyone anything everything nothing",
          "could your yours ours mine into from");

  private final int[] digests;

  private Lexicon(int[] digests) {
    this.digests = digests;
  }

  /** Holds the one that is read. */
  private static final class Shared {
    private static final Lexicon LEXICON = read();
  }

  private static Lexicon read() {
    try (InputStream input =
            Objects.requireNonNull(Lexicon.class.getResourceAsStream(RESOURCE), RESOURCE);
        var reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      return new Lexicon(
          reader
              .lines()
              .filter(line -> !line.startsWith("#"))
              .mapToInt(String::hashCode)
              .sorted()
              .toArray());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Reads it, unless that was done. */
  static void load() {
    Objects.requireNonNull(Shared.LEXICON);
  }

  /** Whether {@code word}, lower case, is one in any inflection. */
  static boolean knows(String word) {
    return SMALL.contains(word)
        || Grammar.isFunction(word)
        || Thesaurus.forms(word).stream().anyMatch(Shared.LEXICON::has);
  }

  private boolean has(String word) {
    return Arrays.binarySearch(digests, word.hashCode()) >= 0;
  }
}
