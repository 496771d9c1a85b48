package io.ccrelay.semantic.guard;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Objects when small words bind the same things otherwise: books by and about somebody, this and
 * that or this or that, what he may and what he must do, what is in it and what it is.
 */
final class BindingGuard implements Guard {

  private static final Set<String> QUESTIONS = Set.of("what", "which", "who", "where", "how");
  private static final Set<String> STRANDED =
      Words.set("of for with about from in on like by at into onto off");

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return Prepositions.conflict(one, other)
        || Prepositions.objectsDiffer(one, other)
        || Persons.differ(one, other)
        || Subjects.differ(one, other)
        || Pointing.differs(one, other)
        || joinedOtherwise(one, other)
        || joinedOtherwise(other, one)
        || !inside(one).equals(inside(other))
        || strandedOtherwise(one, other)
        || Duty.differ(one, other);
  }

  /** One of several here, all of them or only one there. */
  private static boolean joinedOtherwise(Prompt one, Prompt other) {
    return one.says("or")
        && !other.says("or")
        && !Comparison.compares(one)
        && !Comparison.compares(other);
  }

  /** "What is in it": the preposition after a question and a form of "to be". */
  private static String inside(Prompt prompt) {
    List<Word> words = prompt.words();
    for (int i = 0; i + 2 < words.size(); i++) {
      boolean asks = QUESTIONS.contains(words.get(i).text()) && Asks.isBe(words.get(i + 1));
      Optional<String> preposition = Prepositions.classOf(words.get(i + 2));
      if (asks && preposition.isPresent()) {
        return preposition.get();
      }
    }
    return "";
  }

  /** "What is it for" and "what is it", but not "for what is it". */
  private static boolean strandedOtherwise(Prompt one, Prompt other) {
    String here = stranded(one);
    String there = stranded(other);
    return !here.equals(there) && !here.equals(fronted(other)) && !there.equals(fronted(one));
  }

  private static String fronted(Prompt prompt) {
    List<Word> words = prompt.words();
    boolean fronted = words.size() > 2 && QUESTIONS.contains(words.get(1).text());
    return fronted ? words.getFirst().text() : "-";
  }

  /** The preposition at the end: "where is she from". */
  private static String stranded(Prompt prompt) {
    List<Word> line = prompt.line();
    boolean stranded =
        line.size() > 1
            && STRANDED.contains(line.getLast().text())
            && !Remainder.isMatter(line.getLast());
    return stranded ? line.getLast().text() : "";
  }
}
