package io.ccrelay.semantic.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Objects when the small words that say something differ: "any" and "some", "if" and "because",
 * "just", "even", "they". Only articles, forms of "to be" and "to do", whoever asks, and what a
 * request is wrapped in may differ; other guards look at prepositions, negations and tenses.
 */
final class SmallWordGuard implements Guard {

  /** What must be the same, each with those that say the same. */
  private static final Map<String, String> CLASSES =
      Words.groups(
          """
          any any
          some some
          anyone anyone anybody
          someone someone somebody
          anything anything
          something something
          such such
          so so
          even even
          ever ever
          just just
          also also
          very very quite
          but but
          if if whether
          because because
          since since
          than than
          then then
          as as
          they they them their theirs
          its its
          myself myself
          this this these
          those those
          here here
          per per
          """);

  /** After these, "some" and "any" only say that there may be several. */
  private static final Set<String> LOOSE =
      Words.set(
          "give suggest recommend provide share list name tell show find write me us need want"
              + " know",
          "have has had there is are get like with to");

  private static final Set<String> BE = Set.of("is", "are", "was", "were", "be", "been", "will");
  private static final Set<String> HAVE = Set.of("has", "have", "had");
  private static final Set<String> QUESTIONS = Words.set("what which who whom whose why how");

  @Override
  public boolean objects(Prompt one, Prompt other) {
    boolean anybody = Voice.match(one, other) == Voice.Match.SAME;
    return !said(one.words(), anybody).equals(said(other.words(), anybody))
        || (has(one.words()) && is(other.words()))
        || (is(one.words()) && has(other.words()));
  }

  /** "What has a trunk", "orders that have items". */
  private static boolean has(List<Word> words) {
    return follows(words, HAVE) && !follows(words, BE);
  }

  /** "What is a trunk", "orders that are items". */
  private static boolean is(List<Word> words) {
    return follows(words, BE) && !follows(words, HAVE);
  }

  private static boolean follows(List<Word> words, Set<String> verb) {
    for (int i = 0; i + 1 < words.size(); i++) {
      boolean asks = words.get(i).is("what") || words.get(i).is("who") || words.get(i).is("that");
      if (asks && verb.contains(words.get(i + 1).text())) {
        return true;
      }
    }
    return false;
  }

  /** The classes of the small words that say something, sorted. */
  private static List<String> said(List<Word> words, boolean anybody) {
    var said = new ArrayList<String>();
    boolean begun = false;
    boolean asked = false;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean question = QUESTIONS.contains(word.text()) && !word.acronym();
      if (question && asked) {
        said.add("?");
      }
      asked = (asked && !word.opens()) || question;
      begun = (begun && !word.opens()) || question || Remainder.isMatter(word) || isBound(word);
      if (begun && !word.acronym() && !isLoose(words, i)) {
        classOf(words, i, asked && !question).ifPresent(said::add);
      }
    }
    said.removeIf(small -> anybody && (small.equals("they") || small.equals("someone")));
    said.sort(null);
    return said;
  }

  private static boolean isBound(Word word) {
    return word.opens() && Grammar.AUXILIARIES.contains(word.text());
  }

  private static Optional<String> classOf(List<Word> words, int at, boolean within) {
    String text = words.get(at).text();
    if (text.equals("when") && within) {
      return Optional.of("if");
    }
    if (text.equals("so") && words.getFirst().is("why")) {
      return Optional.empty();
    }
    if (text.equals("that")) {
      return points(words, at) ? Optional.of("that") : Optional.empty();
    }
    if (text.equals("there")) {
      return exists(words, at) ? Optional.empty() : Optional.of("there");
    }
    return Optional.ofNullable(CLASSES.get(text));
  }

  /** "There is", "is there". */
  private static boolean exists(List<Word> words, int at) {
    boolean after = at + 1 < words.size() && BE.contains(words.get(at + 1).text());
    return after || (at > 0 && BE.contains(words.get(at - 1).text()));
  }

  /** Not "the fact that he", "a book that". */
  private static boolean points(List<Word> words, int at) {
    return at + 1 == words.size() || words.get(at + 1).opens();
  }

  private static boolean isLoose(List<Word> words, int at) {
    String text = words.get(at).text();
    boolean several = text.equals("some") || text.equals("any");
    boolean loose = several && (at == 0 || LOOSE.contains(words.get(at - 1).text()));
    return loose || words.get(at).mentioned();
  }
}
