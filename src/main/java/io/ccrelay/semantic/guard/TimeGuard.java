package io.ccrelay.semantic.guard;

import java.util.Set;
import java.util.TreeSet;

/** Objects when dates, times of day or periods differ, or one asks of the past, one of now. */
final class TimeGuard implements Guard {

  private static final Set<String> TIMES =
      Words.set(
          "today tomorrow yesterday tonight now morning afternoon evening night midnight noon",
          "weekend weekday daily weekly monthly yearly annual annually hourly",
          "monday tuesday wednesday thursday friday saturday sunday",
          "january february march april may june july august september october november december",
          "jan feb mar apr jun jul aug sep sept oct nov dec",
          "spring summer autumn winter last next current previous upcoming recent recently",
          "past future present ancient modern before after during until since ago already yet",
          "still anymore early late earlier later always sometimes usually never once");

  private static final Set<String> PAST = Set.of("was", "were", "did", "had");
  private static final Set<String> PRESENT = Set.of("is", "are", "am", "do", "does", "has");
  private static final Set<String> MODAL = Set.of("must", "should", "can", "shall");
  private static final Set<String> FUTURE = Set.of("will", "shall");

  @Override
  public boolean objects(Prompt one, Prompt other) {
    return !times(one).equals(times(other))
        || contradict(one, other, PAST, PRESENT)
        || contradict(one, other, PAST, FUTURE)
        || contradict(one, other, PAST, MODAL);
  }

  /** "may" and "march" are months only where they have a capital inside a sentence. */
  private static Set<String> times(Prompt prompt) {
    var times = new TreeSet<String>();
    for (Word word : prompt.words()) {
      boolean ambiguous = word.is("may") || word.is("march") || word.is("never");
      if (TIMES.contains(word.text()) && (!ambiguous || (word.capital() && !word.opens()))) {
        times.add(word.text());
      }
    }
    return times;
  }

  private static boolean contradict(
      Prompt one, Prompt other, Set<String> former, Set<String> latter) {
    return (onlyIn(one, former, latter) && onlyIn(other, latter, former))
        || (onlyIn(one, latter, former) && onlyIn(other, former, latter));
  }

  private static boolean onlyIn(Prompt prompt, Set<String> tense, Set<String> otherTense) {
    boolean wondering = prompt.says("wondering");
    return !wondering
        && prompt.words().stream().map(Word::text).anyMatch(tense::contains)
        && prompt.words().stream().map(Word::text).noneMatch(otherTense::contains);
  }
}
