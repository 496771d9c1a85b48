package io.ccrelay.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The demonstration must notice every wrong answer, so its own parts are proved first. */
class SimulatedProviderTest {

  @ParameterizedTest
  @EnumSource
  void bothFormsOfAnAnswerSayTheSame(Dialect dialect) {
    var answers = ProviderAnswers.of(dialect, new ProviderAnswers.Facts(1, "model", "Why?"));
    String expected = Question.answerTo("Why?");
    assertEquals(expected, dialect.answer(answers.json()));
    assertEquals(Optional.of(expected), dialect.streamed(String.join("", answers.stream())));
  }

  @ParameterizedTest
  @EnumSource
  void aStreamWithoutItsLastEventIsNoAnswer(Dialect dialect) {
    var answers = ProviderAnswers.of(dialect, new ProviderAnswers.Facts(1, "model", "Why?"));
    List<String> writes = answers.stream();
    String cut = String.join("", writes.subList(0, writes.size() - 1));
    assertEquals(Optional.empty(), dialect.streamed(cut));
  }

  @Test
  void everyQuestionHasAnAnswerOfItsOwn() {
    List<Question> questions = Question.all();
    long answers = questions.stream().map(it -> Question.answerTo(it.text())).distinct().count();
    assertEquals(questions.size(), answers);
  }

  @Test
  void theMixRepeatsSomeQuestionsOften() {
    var counts = new HashMap<Question, Integer>();
    List<Mix.Ask> asks = Mix.of(400, 1);
    asks.forEach(ask -> counts.merge(ask.question(), 1, Integer::sum));
    assertEquals(400, asks.size());
    assertEquals(asks, Mix.of(400, 1));
    assertTrue(counts.size() > 30 && counts.size() <= Question.all().size(), "" + counts.size());
    assertTrue(counts.values().stream().anyMatch(count -> count > 40), counts.toString());
    long streams = asks.stream().filter(Mix.Ask::streaming).count();
    assertTrue(streams > 100 && streams < 220, "streams: " + streams);
  }

  @Test
  void clientsFindTheProvidersAnswersRight() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      SimulatedProvider provider = get(SimulatedProvider.start(vertx));
      int port = Integer.parseInt(provider.baseUrl().replaceAll(".*:", ""));
      List<Sample> samples = get(new Clients(vertx, port, 8, () -> {}).ask(Mix.of(40, 3), 8));
      assertEquals(40, samples.size());
      assertEquals(40, provider.calls());
      assertTrue(samples.stream().allMatch(Sample::right), samples.toString());
      assertTrue(samples.stream().allMatch(it -> it.nanos() > 55_000_000), samples.toString());
    } finally {
      get(vertx.close());
    }
  }

  @Test
  void clientsOfNobodyCountEveryAnswerAsWrong() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      List<Sample> samples = get(new Clients(vertx, 1, 2, () -> {}).ask(Mix.of(4, 3), 2));
      assertEquals(4, samples.size());
      assertTrue(samples.stream().noneMatch(Sample::right), samples.toString());
    } finally {
      get(vertx.close());
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
