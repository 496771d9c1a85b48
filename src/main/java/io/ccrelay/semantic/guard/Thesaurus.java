package io.ccrelay.semantic.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What words have to do with each other, as WordNet 3.1 knows it: synonyms in the commonest senses
 * of both, nouns of verbs, nouns for people, and places of adjectives. Read when first asked, about
 * 5 MB. Safe for use from any context.
 *
 * <p>Words are lower case, in any inflection; a term of several words has a space between them.
 */
final class Thesaurus {

  private static final String RESOURCE = "thesaurus.txt";
  private static final String SAME = "same";
  private static final String DEED = "deed";
  private static final String DOER = "doer";
  private static final int SHORTEST = 3;

  /** Lines by their kind and first word: the other words, a space before and after each. */
  private final Map<String, String> lines = new HashMap<>();

  private Thesaurus() {}

  /** Holds the one that is read. */
  private static final class Shared {
    private static final Thesaurus THESAURUS = read();
  }

  /** Reads it, unless that was done. */
  static void load() {
    Objects.requireNonNull(Shared.THESAURUS);
  }

  static Thesaurus get() {
    return Shared.THESAURUS;
  }

  private static Thesaurus read() {
    var thesaurus = new Thesaurus();
    try (InputStream input =
            Objects.requireNonNull(Thesaurus.class.getResourceAsStream(RESOURCE), RESOURCE);
        var reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      reader.lines().filter(line -> !line.startsWith("#")).forEach(thesaurus::add);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return thesaurus;
  }

  private void add(String line) {
    int end = line.indexOf(' ', line.indexOf(' ') + 1);
    lines.put(line.substring(0, end), line.substring(end) + " ");
  }

  /**
   * What is known of a term.
   *
   * @param forms what a dictionary may have it under
   * @param synonyms those that come later in the alphabet, a space before and after each
   * @param deeds nouns for what it says, if it is a verb
   * @param doers nouns for who does it
   */
  record Entry(List<String> forms, String synonyms, String deeds, String doers) {

    boolean isSynonymOf(Entry other) {
      return other.isIn(synonyms) || isIn(other.synonyms);
    }

    /** Whether one is a noun for what the other, a verb, says: "installation", "install". */
    boolean isDeedOf(Entry other) {
      return other.isIn(deeds) || isIn(other.deeds);
    }

    /** Whether one is a noun for who does what the other, a verb, says: "inventor", "invent". */
    boolean isDoerOf(Entry other) {
      return other.isIn(doers) || isIn(other.doers);
    }

    /** Whether nothing is known of it that could make it one with another. */
    boolean isEmpty() {
      return synonyms.isEmpty() && deeds.isEmpty() && doers.isEmpty();
    }

    private boolean isIn(String words) {
      if (words.isEmpty()) {
        return false;
      }
      for (String form : forms) {
        if (words.contains(" " + form + " ")) {
          return true;
        }
      }
      return false;
    }
  }

  /** What is known of {@code words}. */
  Entry entry(String words) {
    List<String> forms = List.copyOf(forms(words));
    return new Entry(forms, lines(SAME, forms), lines(DEED, forms), lines(DOER, forms));
  }

  private String lines(String kind, List<String> forms) {
    String found = "";
    for (String form : forms) {
      found += lines.getOrDefault(kind + " " + form, "");
    }
    return found;
  }

  private boolean has(String kind, String word, String other) {
    String words = lines.get(kind + " " + word);
    return words != null && words.contains(" " + other + " ");
  }

  /** Whether one is the place that the other, an adjective, belongs to: "Peru", "Peruvian". */
  boolean isPlace(String adjective, String noun) {
    return has("of", adjective, noun);
  }

  /** Whether {@code noun} is one for people. */
  boolean isPerson(String noun) {
    return has("who", "is", noun);
  }

  /** What a dictionary may have {@code words} under: inflections are of the first or last word. */
  static Set<String> forms(String words) {
    var forms = new HashSet<String>();
    int first = words.indexOf(' ');
    int last = words.lastIndexOf(' ');
    String written = words.replace(' ', '_');
    forms.add(written);
    if (first < 0) {
      forms.addAll(bases(words));
    } else {
      bases(words.substring(0, first)).forEach(it -> forms.add(it + written.substring(first)));
      bases(words.substring(last + 1))
          .forEach(it -> forms.add(written.substring(0, last + 1) + it));
    }
    return forms;
  }

  private static List<String> bases(String word) {
    String irregular = Stem.base(word);
    if (!irregular.equals(word)) {
      return List.of(irregular);
    }
    if (word.endsWith("ies") || word.endsWith("ied")) {
      return List.of(less(word, 3) + "y");
    }
    if (word.endsWith("ing") && word.length() > SHORTEST + 2) {
      return verbs(less(word, 3));
    }
    if (word.endsWith("ed") && word.length() > SHORTEST + 1) {
      return verbs(less(word, 2));
    }
    if (word.endsWith("es") && word.length() > SHORTEST + 1) {
      return List.of(less(word, 1), less(word, 2));
    }
    return word.endsWith("s") && !word.endsWith("ss") && word.length() > SHORTEST
        ? List.of(less(word, 1))
        : List.of();
  }

  private static List<String> verbs(String root) {
    int last = root.length() - 1;
    boolean doubled = last > 1 && root.charAt(last) == root.charAt(last - 1);
    return doubled ? List.of(root, less(root, 1)) : List.of(root, root + "e");
  }

  private static String less(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }
}
