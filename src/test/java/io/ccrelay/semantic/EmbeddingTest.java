package io.ccrelay.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is no direction is no embedding. */
class EmbeddingTest {

  @Test
  void aVectorWithoutDirectionIsRefused() {
    assertTrue(Embedding.of(new float[0]).isEmpty());
    assertTrue(Embedding.of(new float[3]).isEmpty());
    assertTrue(Embedding.of(new float[] {1, Float.NaN}).isEmpty());
    assertTrue(Embedding.of(new float[] {1, Float.POSITIVE_INFINITY}).isEmpty());
    assertTrue(Embedding.of(new float[Embedding.MOST_DIMENSIONS + 1]).isEmpty());
  }

  @Test
  void lengthDoesNotMatter() {
    var one = Embedding.of(new float[] {3, 4}).orElseThrow();
    var other = Embedding.of(new float[] {6e18f, 8e18f}).orElseThrow();
    assertEquals(1, one.similarity(other), 1e-6);
    assertEquals(-1, one.similarity(Embedding.of(new float[] {1, 2, 3}).orElseThrow()));
  }
}
