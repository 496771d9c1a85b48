package io.ccrelay.semantic;

import io.vertx.core.Future;

/**
 * Turns text into vectors. Never blocks; safe for use from any context. Every wait has a deadline
 * and every queue a bound.
 */
public interface Embedder {

  /**
   * Which model this is, as exactly as its vectors depend on it: part of every partition, so that
   * vectors of two models never meet.
   */
  String identity();

  /**
   * The embedding of {@code text}; completes on the caller's context where it has one. Fails with
   * {@link EmbeddingException} and nothing else.
   */
  Future<Embedding> embed(String text);

  /** Releases what the embedder holds. */
  Future<Void> close();
}
