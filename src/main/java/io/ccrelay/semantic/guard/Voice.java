package io.ccrelay.semantic.guard;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who does it and to what: "the body digests protein" and "protein is digested by the body". A
 * prompt is read as passive if a participle follows a form of "to be"; the same verb divides the
 * other.
 */
final class Voice {

  private static final Set<String> BE = Set.of("is", "are", "was", "were", "be", "been", "being");
  private static final Set<String> ANYBODY = Words.set("i you we one they someone somebody");
  private static final Set<String> DO = Words.set("do does did can could should must");
  private static final int REACH = 8;

  private Voice() {}

  /** What the two voices of one verb say of each other. */
  enum Match {
    /** Only one of them is passive, and it says the same. */
    SAME,
    /** They say that another does it, or to another. */
    OTHER,
    /** There is nothing to compare. */
    UNKNOWN
  }

  static Match match(Prompt one, Prompt other) {
    Optional<Passive> first = passive(one.line());
    Optional<Passive> second = passive(other.line());
    if (first.isPresent() == second.isPresent()) {
      return Match.UNKNOWN;
    }
    return first.map(it -> match(it, other)).orElseGet(() -> match(second.orElseThrow(), one));
  }

  /**
   * A passive clause.
   *
   * @param verb the stem of its participle
   * @param patient matter before it
   * @param agent matter after "by"
   * @param by whether somebody is named, if only by a question word
   */
  private record Passive(String verb, Set<String> patient, Set<String> agent, boolean by) {}

  private static Match match(Passive passive, Prompt active) {
    List<Word> line = active.line();
    int at = 0;
    while (at < line.size() && !line.get(at).stem().equals(passive.verb())) {
      at++;
    }
    if (at == line.size()) {
      return Match.UNKNOWN;
    }
    Set<String> before = matter(line.subList(0, at));
    Set<String> after = matter(line.subList(at + 1, line.size()));
    var patient = new HashSet<>(passive.patient());
    patient.removeAll(before);
    before.removeAll(passive.patient());
    boolean anybody = line.subList(0, at).stream().anyMatch(word -> ANYBODY.contains(word.text()));
    boolean done = passive.by() ? before.containsAll(passive.agent()) : before.isEmpty() && anybody;
    boolean extra = passive.by() && !passive.agent().containsAll(before);
    boolean asked = patient.isEmpty() && !passive.agent().isEmpty();
    boolean fronted = patient.isEmpty() && !passive.patient().isEmpty() && isAsked(line, at);
    boolean told = fronted || (!patient.isEmpty() && after.containsAll(patient));
    return done && !extra && (asked || told) ? Match.SAME : Match.OTHER;
  }

  /** "Which language do people speak": what it is done to stands first. */
  private static boolean isAsked(List<Word> line, int verb) {
    return line.size() > 1
        && (line.getFirst().is("which") || line.getFirst().is("what"))
        && Remainder.isMatter(line.get(1))
        && line.subList(1, verb).stream().anyMatch(word -> DO.contains(word.text()));
  }

  private static Optional<Passive> passive(List<Word> line) {
    for (int i = 1; i < line.size(); i++) {
      boolean participle = Stem.isPast(line.get(i).text()) && !line.get(i).opens();
      if (participle && isDone(line, i)) {
        return Optional.of(passive(line, i));
      }
    }
    return Optional.empty();
  }

  private static boolean isDone(List<Word> line, int at) {
    return line.subList(Math.max(0, at - REACH), at).stream()
        .anyMatch(word -> BE.contains(word.text()));
  }

  private static Passive passive(List<Word> line, int at) {
    var agent = new HashSet<String>();
    boolean fronted = line.getFirst().is("by");
    boolean by = fronted || (at + 1 < line.size() && line.get(at + 1).is("by"));
    if (by && !fronted) {
      for (int i = at + 2; i < line.size() && Prepositions.classOf(line.get(i)).isEmpty(); i++) {
        if (Remainder.isMatter(line.get(i))) {
          agent.add(line.get(i).stem());
        }
      }
    }
    return new Passive(line.get(at).stem(), matter(line.subList(0, at)), agent, by);
  }

  private static Set<String> matter(List<Word> words) {
    var matter = new HashSet<String>();
    words.stream()
        .filter(word -> Remainder.isMatter(word) && !Asks.isDegree(word))
        .map(Word::stem)
        .forEach(matter::add);
    return matter;
  }
}
