package io.ccrelay.semantic.guard;

import io.ccrelay.semantic.guard.WordNet.Pointer;
import io.ccrelay.semantic.guard.WordNet.Synset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the resources {@code thesaurus.txt} and {@code words.txt} of WordNet. Two words are
 * synonyms there if both are likely meant in a sense they share; a word that is also a name, or a
 * term of a science in another sense, has none.
 */
final class ThesaurusSource {

  static final Path RESOURCE =
      Path.of("src/main/resources/io/ccrelay/semantic/guard/thesaurus.txt");

  static final Path LEXICON = RESOURCE.resolveSibling("words.txt");

  /** Least likelihood of the shared sense, and of the part of speech, for both words. */
  private static final double LIKELY = 0.25;

  private static final double ORDINARY = 0.1;
  private static final double MET = 0.1;

  /** A derived form counts among the first senses only. */
  private static final int FIRST = 3;

  private static final Pattern PLAIN = Pattern.compile("[a-z]+(?:_[a-z]+){0,2}");
  private static final Pattern SIMPLE = Pattern.compile("[a-z]+");
  private static final int PERSON = 18;

  /** Persons, and groups such as teams and firms. */
  private static final Set<Integer> PEOPLE = Set.of(PERSON, 14);

  /** Nouns of deeds, properties, thoughts, words, events, possession, processes, states. */
  private static final Set<Integer> DEEDS = Set.of(4, 7, 9, 10, 11, 21, 22, 26);

  private static final int PLACE = 15;

  private static final Set<String> COMPUTING = Set.of("computer_science", "programming");

  /** Domains whose terms are no everyday words. */
  private static final Set<String> SCIENCES =
      Set.of(
          "mathematics",
          "statistics",
          "logic",
          "physics",
          "chemistry",
          "grammar",
          "law",
          "finance",
          "biology",
          "medicine",
          "music",
          "chess");

  /** What was changed, before WordNet's terms. */
  private static final String NOTICE =
      """
      Made of WordNet 3.1 by io.ccrelay.semantic.guard.ThesaurusSource, which leaves out most of it.
      same: words that mean the same; deed: nouns of what a verb says; doer: who does it;
      of: the places that an adjective belongs to; who: nouns for people.

      """
          + WordNet.LICENCE;

  private final WordNet net;
  private final Map<String, Set<String>> terms = new TreeMap<>();
  private final Set<String> opposites = new HashSet<>();
  private final TreeMap<String, TreeSet<String>> lines = new TreeMap<>();

  private ThesaurusSource(WordNet net) {
    this.net = net;
  }

  /** Writes the resource. */
  public static void main(String[] none) throws IOException {
    Files.createDirectories(RESOURCE.toAbsolutePath().getParent());
    Files.write(RESOURCE, lines());
    Files.write(LEXICON, words());
  }

  /** All single words, names included, lower case. */
  static List<String> words() {
    return Stream.concat(
            notice(),
            WordNet.read().synsets.values().stream()
                .flatMap(sense -> sense.words().stream())
                .filter(word -> SIMPLE.matcher(word).matches())
                .distinct()
                .sorted())
        .toList();
  }

  private static Stream<String> notice() {
    return NOTICE.lines().map(line -> ("# " + line).strip());
  }

  /** The resource. */
  static List<String> lines() {
    return new ThesaurusSource(WordNet.read()).made();
  }

  private List<String> made() {
    net.synsets.values().forEach(this::note);
    net.synsets.values().forEach(this::synonyms);
    net.synsets.values().forEach(this::derived);
    net.synsets.values().stream()
        .filter(sense -> PEOPLE.contains(sense.kind()))
        .forEach(sense -> sense.words().stream().filter(this::isPerson).forEach(this::person));
    return Stream.concat(
            notice(),
            lines.entrySet().stream()
                .map(line -> line.getKey() + " " + String.join(" ", line.getValue())))
        .toList();
  }

  private void add(String kind, String word, String other) {
    lines.computeIfAbsent(kind + " " + word, _ -> new TreeSet<>()).add(other);
  }

  private void person(String word) {
    add("who", "is", word);
  }

  /** A common noun for people in its commonest sense, and hardly anything but a noun. */
  private boolean isPerson(String word) {
    List<Synset> senses = net.senses("n", word);
    return isPlain(word)
        && word.indexOf('_') < 0
        && net.count("n", word) > 0
        && net.share("n", word) > 1 - LIKELY
        && PEOPLE.contains(senses.getFirst().kind());
  }

  /** Remembers opposites, and which words are terms of which sciences. */
  private void note(Synset sense) {
    for (Pointer pointer : sense.pointers()) {
      Synset target = Objects.requireNonNull(net.synsets.get(pointer.target()));
      if (pointer.symbol().equals("!")) {
        opposites.add(word(sense, pointer.from()) + " " + word(target, pointer.to()));
      }
      if (pointer.symbol().equals(";c")) {
        sense.words().stream()
            .filter(word -> isTermOf(target, word, sense))
            .forEach(word -> terms.computeIfAbsent(word, _ -> new HashSet<>()).add(sense.id()));
      }
    }
  }

  /** Of computing in any sense, of a science in one that is met. */
  private boolean isTermOf(Synset domain, String word, Synset sense) {
    return domain.words().stream().anyMatch(COMPUTING::contains)
        || (domain.words().stream().anyMatch(SCIENCES::contains)
            && net.likelihood(sense, word) >= MET);
  }

  private static String word(Synset sense, int number) {
    return number == 0 ? "" : sense.words().get(number - 1);
  }

  private void synonyms(Synset sense) {
    for (String one : sense.words()) {
      for (String other : sense.words()) {
        if (one.compareTo(other) < 0
            && isMeant(one, sense)
            && isMeant(other, sense)
            && !opposites.contains(one + " " + other)) {
          add("same", one, other);
        }
      }
    }
  }

  private boolean isMeant(String word, Synset sense) {
    return isPlain(word)
        && net.likelihood(sense, word) >= LIKELY
        && net.share(sense.part(), word) >= ORDINARY
        && !isTerm(word, sense);
  }

  private boolean isPlain(String word) {
    return PLAIN.matcher(word).matches() && !net.names.contains(word);
  }

  private boolean isTerm(String word, Synset sense) {
    Set<String> senses = terms.getOrDefault(word, Set.of());
    return !senses.isEmpty() && !senses.contains(sense.id());
  }

  /** Nouns of what verbs say and of who does it, and the places that adjectives belong to. */
  private void derived(Synset sense) {
    for (Pointer pointer : sense.pointers()) {
      Synset target = Objects.requireNonNull(net.synsets.get(pointer.target()));
      String word = word(sense, pointer.from());
      String other = word(target, pointer.to());
      String parts = sense.part() + target.part();
      if (pointer.symbol().equals("\\") && parts.equals("an") && target.kind() == PLACE) {
        place(word, other);
      } else if (pointer.symbol().equals("+")
          && parts.equals("vn")
          && !word.equals(other)
          && isFirst(word, sense)
          && isFirst(other, target)) {
        noun(target.kind(), word, other);
      }
    }
  }

  private void place(String adjective, String noun) {
    if (net.names.contains(noun)
        && SIMPLE.matcher(noun).matches()
        && SIMPLE.matcher(adjective).matches()) {
      add("of", adjective, noun);
    }
  }

  private void noun(int kind, String verb, String noun) {
    if (DEEDS.contains(kind)) {
      add("deed", verb, noun);
    } else if (kind == PERSON && noun.matches(".*[eo]r")) {
      add("doer", verb, noun);
    }
  }

  private boolean isFirst(String word, Synset sense) {
    int rank = net.rank(sense, word);
    return isPlain(word) && rank >= 0 && rank < FIRST;
  }
}
