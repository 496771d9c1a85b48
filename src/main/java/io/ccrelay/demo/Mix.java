package io.ccrelay.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Requests as a team sends them: some questions again and again, most seldom (Zipf's law), two of
 * five as streams. The same seed gives the same requests.
 */
final class Mix {

  private static final double EXPONENT = 1.1;
  private static final int WARM_UP_REQUESTS = 48;
  private static final double SHARE_OF_STREAMS = 0.4;

  /**
   * One request.
   *
   * @param question asked
   * @param streaming whether the answer is wanted as events
   */
  record Ask(Question question, boolean streaming) {}

  private Mix() {}

  static List<Ask> of(int count, long seed) {
    List<Question> questions = Question.all();
    var cumulated = new double[questions.size()];
    double sum = 0;
    for (int rank = 0; rank < cumulated.length; rank++) {
      sum += Math.pow(rank + 1.0, -EXPONENT);
      cumulated[rank] = sum;
    }
    var random = new Random(seed);
    var asks = new ArrayList<Ask>(count);
    for (int i = 0; i < count; i++) {
      Question question = questions.get(rankOf(cumulated, random.nextDouble() * sum));
      asks.add(new Ask(question, random.nextDouble() < SHARE_OF_STREAMS));
    }
    return asks;
  }

  /** A few requests of every kind, about nothing that {@link #of} asks. */
  static List<Ask> warmUp() {
    var asks = new ArrayList<Ask>();
    for (int i = 0; i < WARM_UP_REQUESTS; i++) {
      Dialect dialect = i % 2 == 0 ? Dialect.ANTHROPIC : Dialect.OPENAI;
      asks.add(new Ask(new Question(dialect, "Are you there? " + i % 4), i % 3 == 0));
    }
    return asks;
  }

  private static int rankOf(double[] cumulated, double point) {
    int rank = 0;
    while (rank < cumulated.length - 1 && cumulated[rank] < point) {
      rank++;
    }
    return rank;
  }
}
