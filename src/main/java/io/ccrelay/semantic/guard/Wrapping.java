package io.ccrelay.semantic.guard;

import java.util.Map;
import java.util.Set;

/**
 * Tells which words of a sentence only wrap a request: "could you tell me", "I would like to know",
 * "the meaning of", "how does ... work". The same words elsewhere are matter: what somebody likes,
 * says or knows. Reads a sentence word by word; confined to one prompt.
 */
final class Wrapping {

  /** Wrap at the start of a sentence, before any question word. */
  private static final Set<String> LEADING =
      Words.set(
          "explain explanation define describe description tell give provide show say know want"
              + " need like",
          "wonder wondering ask asking answer help assist understand suggest recommend propose",
          "hi hello hey dear sir madam greetings hope well sorry obvious curious let possible able",
          "information info overview detail details question");

  /** Wrap as nouns, which they always are. */
  private static final Set<String> NOUNS =
      Words.set(
          "meaning definition concept idea way ways method methods procedure explanation",
          "description");

  /** Wrap as nouns, and may be verbs: after a determiner for instance, never first. */
  private static final Set<String> NOUNS_OR_VERBS =
      Words.set("approach process steps step command kind type sort");

  /** Add nothing anywhere. */
  private static final Set<String> ADVERBS =
      Words.set(
          "actually basically exactly simply properly correctly successfully effectively really"
              + " generally essentially truly");

  /** Complete the question that a question word began. */
  private static final Map<String, Set<String>> TAILS =
      Map.ofEntries(
          Map.entry("mean", Set.of("what")),
          Map.entry("means", Set.of("what")),
          Map.entry("happen", Set.of("why", "how")),
          Map.entry("happens", Set.of("why", "how")),
          Map.entry("occur", Set.of("why", "how")),
          Map.entry("occurs", Set.of("why", "how")),
          Map.entry("located", Set.of("where")),
          Map.entry("situated", Set.of("where")),
          Map.entry("work", Set.of("how does")),
          Map.entry("works", Set.of("how does")));

  private static final Set<String> QUESTIONS =
      Set.of("what", "which", "who", "whom", "whose", "why", "when", "where", "how");

  private static final Set<String> DOERS = Set.of("i", "you", "we", "they", "one", "to", "not");
  private static final Set<String> DO = Set.of("do", "does", "did");
  private static final Set<String> DETERMINERS = Set.of("a", "an", "the", "this", "that");

  /** "I need a visa" asks for one, "do I need a visa" whether to have one. */
  private static final Set<String> WISHES = Set.of("need");

  private String question = "";
  private String before = "";
  private boolean mattered;
  private boolean questionOpened;
  private boolean doing;

  /** Whether {@code word}, the next of the prompt, only wraps. */
  boolean wraps(String word, boolean opens) {
    if (opens) {
      question = "";
      before = "";
      mattered = false;
      doing = DO.contains(word);
    }
    boolean wraps = decide(word);
    follow(word, wraps, opens);
    return wraps;
  }

  private boolean decide(String word) {
    boolean wished = doing && WISHES.contains(word);
    boolean leads = question.isEmpty() && !mattered && LEADING.contains(word) && !wished;
    boolean noun =
        NOUNS.contains(word)
            || (NOUNS_OR_VERBS.contains(word) && !before.isEmpty() && !DOERS.contains(before));
    boolean tail = TAILS.getOrDefault(word, Set.of()).contains(question);
    return leads || noun || tail || ADVERBS.contains(word);
  }

  private void follow(String word, boolean wraps, boolean opens) {
    if (QUESTIONS.contains(word) && question.isEmpty()) {
      question = word;
      questionOpened = opens;
    } else if (question.equals("how") && before.equals("how")) {
      boolean asksHowItIs =
          DO.contains(word)
              || (!questionOpened && (DETERMINERS.contains(word) || !isFunction(word)));
      question = asksHowItIs ? "how does" : question;
    } else if (question.equals("how does") && DO.contains(before) && DOERS.contains(word)) {
      question = "how";
    }
    mattered |= !wraps && !isFunction(word);
    before = word;
  }

  private static boolean isFunction(String word) {
    return Grammar.FUNCTION.contains(word) || Grammar.NEGATORS.contains(word);
  }
}
