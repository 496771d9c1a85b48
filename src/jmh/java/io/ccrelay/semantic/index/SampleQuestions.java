package io.ccrelay.semantic.index;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.VectorIndex.Item;
import java.time.Instant;
import java.util.Random;

/** Made-up questions whose vectors lie as those of real ones do: in topics, none far from all. */
final class SampleQuestions {

  static final int DIMENSIONS = 384;
  private static final int TOPICS = 200;

  private final Random random = new Random(1);
  private final float[] common = noise(1);
  private final float[][] topics = new float[TOPICS][];

  SampleQuestions() {
    for (int i = 0; i < TOPICS; i++) {
      topics[i] = noise(1);
    }
  }

  Embedding embedding() {
    float[] topic = topics[random.nextInt(TOPICS)];
    float[] vector = noise(1);
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] += 0.6f * common[i] + 0.8f * topic[i];
    }
    return Embedding.of(vector).orElseThrow();
  }

  Item item(int number) {
    var key = new byte[32];
    random.nextBytes(key);
    return new Item(
        Key.ofDigest(key),
        "How do I change the address number " + number + " of an order that was not sent yet?",
        "scope",
        Instant.MAX);
  }

  private float[] noise(float scale) {
    var vector = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = scale * (float) random.nextGaussian();
    }
    return vector;
  }
}
