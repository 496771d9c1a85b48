package io.ccrelay.semantic.embedding;

import io.ccrelay.semantic.Embedder;
import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.EmbeddingException;
import io.ccrelay.semantic.EmbeddingException.Reason;
import io.ccrelay.semantic.Work;
import io.vertx.core.Future;
import java.util.concurrent.Callable;

/**
 * Embeds in this process: all-MiniLM-L6-v2, quantised to 8 bits, 384 dimensions, made for English.
 * Safe for use from any context; the model works on the workers only.
 */
public final class LocalEmbedder implements Embedder {

  private static final int DIMENSIONS = 384;

  /** Texts are cut here: the model looks at a few hundred words at most. */
  private static final int LONGEST = 8000;

  private final Work work;
  private final MiniLm model;

  private LocalEmbedder(Work work, MiniLm model) {
    this.work = work;
    this.model = model;
  }

  /**
   * Loads the model, which takes about half a second and 100 MB outside the heap: on a worker.
   *
   * @return fails with {@link IllegalStateException} if this program was packed without the model
   *     or the machine cannot run it
   */
  public static Future<Embedder> open(Work loading, Work work) {
    Callable<Embedder> load = () -> new LocalEmbedder(work, new MiniLm());
    return loading
        .call(load)
        .recover(failure -> Future.failedFuture(new IllegalStateException(why(failure), failure)));
  }

  /** The same model at work on {@code other}: with another deadline, for what nobody waits for. */
  LocalEmbedder on(Work other) {
    return new LocalEmbedder(other, model);
  }

  private static String why(Throwable failure) {
    return failure instanceof NoClassDefFoundError
        ? "this program was packed without the local embedding model (expected: type: http)"
        : "the local embedding model cannot be loaded: " + failure.getClass().getSimpleName();
  }

  @Override
  public String identity() {
    return "local:all-minilm-l6-v2-q";
  }

  @Override
  public Future<Embedding> embed(String text) {
    if (text.isBlank()) {
      return Future.failedFuture(new EmbeddingException(Reason.UNSUITABLE));
    }
    String known = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    return work.call(() -> model.embed(wellFormed(known), DIMENSIONS))
        .compose(vector ->
            Embedding.of(vector)
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(new EmbeddingException(Reason.MALFORMED))))
        .recover(failure ->
            Future.failedFuture(
                failure instanceof EmbeddingException
                    ? failure
                    : new EmbeddingException(Reason.UNSUITABLE)));
  }

  /** The tokenizer is native code and takes UTF-8 only: a lone surrogate becomes U+FFFD. */
  static String wellFormed(String text) {
    StringBuilder fixed = null;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(unit)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(unit) || unit == 0) {
        fixed = fixed == null ? new StringBuilder(text) : fixed;
        fixed.setCharAt(i, '\uFFFD');
      }
    }
    return fixed == null ? text : fixed.toString();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
