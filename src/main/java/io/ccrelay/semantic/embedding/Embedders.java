package io.ccrelay.semantic.embedding;

import io.ccrelay.semantic.AnswerMeasure;
import io.ccrelay.semantic.Embedder;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.Vetoes;
import io.ccrelay.semantic.Work;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Makes what a configuration names. Safe for use from any context. */
public final class Embedders {

  /** Loading the local model may take this long on a busy machine. */
  private static final Duration LOADING = Duration.ofSeconds(60);

  /** A judge may take this long: nobody waits for it. */
  private static final Duration JUDGING = Duration.ofSeconds(30);

  /** Answers that wait to be compared; beyond them there is no label. */
  private static final int WAITING = 64;

  private Embedders() {}

  /**
   * The embedder that {@code options} name.
   *
   * @param work where a local model works
   * @return fails with {@link IllegalStateException} if it cannot be had here
   */
  public static Future<Embedder> open(Vertx vertx, SemanticOptions options, Work work) {
    return switch (options.embedder().type()) {
      case LOCAL -> local(vertx, work);
      case HTTP ->
          Future.succeededFuture(new HttpEmbedder(vertx, options.embedder(), options.deadline()));
    };
  }

  private static Future<Embedder> local(Vertx vertx, Work work) {
    var loader = new Workers(vertx, 1, 1, LOADING);
    return LocalEmbedder.open(loader, work).onComplete(_ -> loader.close());
  }

  /** The same embedder for whole answers, which take longer than questions and may. */
  private static Embedder patient(Vertx vertx, SemanticOptions options, Embedder embedder) {
    return switch (embedder) {
      case LocalEmbedder local -> local.on(new Workers(vertx, 1, WAITING, JUDGING));
      case HttpEmbedder _ -> new HttpEmbedder(vertx, options.embedder(), JUDGING);
      default -> embedder;
    };
  }

  /** The measure that {@code options} name. */
  public static AnswerMeasure measure(
      Vertx vertx, SemanticOptions options, Embedder embedder, Vetoes vetoes) {
    return switch (options.comparison().measure()) {
      case EQUALITY -> AnswerMeasure.EQUALITY;
      case SIMILARITY ->
          AnswerMeasure.similarity(
              patient(vertx, options, embedder), vetoes, options.comparison().similarity());
      case JUDGE -> new HttpJudge(vertx, options.comparison(), JUDGING);
    };
  }
}
