package io.ccrelay.semantic.guard;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Vetoes.Partition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Prompts that were read lately")
class RecentPromptsTest {

  private static final String TEXT = "What is the capital of Peru?";

  private static final Partition ONE = new Partition(Key.of("one"));
  private static final Partition OTHER = new Partition(Key.of("other"));

  private final RecentPrompts recent = new RecentPrompts();

  @Test
  void aPromptIsReadOnceInItsPartition() {
    assertSame(recent.of(ONE, TEXT), recent.of(ONE, TEXT));
  }

  @Test
  void thatAnotherPartitionReadItSavesNothing() {
    assertNotSame(recent.of(ONE, TEXT), recent.of(OTHER, TEXT));
  }
}
