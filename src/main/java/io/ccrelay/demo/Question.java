package io.ccrelay.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Something clients ask, and what the simulated provider answers to it.
 *
 * @param dialect in which it is asked
 * @param text the user's message
 */
record Question(Dialect dialect, String text) {

  private static final List<String> TASKS =
      List.of(
          "Summarise the ticket about %s in two sentences.",
          "Write a unit test for %s and name the edge cases.",
          "Explain %s to a new colleague.",
          "Review this change to %s and list the risks.",
          "Translate the release note about %s into plain English.");

  private static final List<String> SUBJECTS =
      List.of(
          "the invoice export",
          "the retry queue",
          "the login form",
          "the nightly import",
          "the search index",
          "the price calculation",
          "the audit trail",
          "the mobile upload",
          "the session timeout",
          "the rate limiter",
          "the address check",
          "the backup job");

  /** All questions there are, the dialects taking turns. */
  static List<Question> all() {
    var questions = new ArrayList<Question>();
    for (String task : TASKS) {
      for (String subject : SUBJECTS) {
        Dialect dialect = questions.size() % 2 == 0 ? Dialect.ANTHROPIC : Dialect.OPENAI;
        questions.add(new Question(dialect, task.formatted(subject)));
      }
    }
    return questions;
  }

  /** The one right answer to {@code text}. */
  static String answerTo(String text) {
    var answer = new StringBuilder("About \"" + text + "\": ");
    int seed = text.hashCode();
    for (int i = 0; i < 8; i++) {
      String subject = SUBJECTS.get(Math.floorMod(seed >> i, SUBJECTS.size()));
      answer.append("Step ").append(i + 1).append(" concerns ").append(subject).append(". ");
    }
    return answer.append("Reference ").append(Integer.toHexString(seed)).append('.').toString();
  }
}
