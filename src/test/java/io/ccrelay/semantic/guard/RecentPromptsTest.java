package io.ccrelay.semantic.guard;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.ccrelay.cache.Key;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Prompts that were read lately")
class RecentPromptsTest {

  private static final String TEXT = "What is the capital of Peru?";

  private final RecentPrompts recent = new RecentPrompts();

  @Test
  void aPromptIsReadOnceInItsPartition() {
    assertSame(recent.of(Key.of("one"), TEXT), recent.of(Key.of("one"), TEXT));
  }

  @Test
  void thatAnotherPartitionReadItSavesNothing() {
    assertNotSame(recent.of(Key.of("one"), TEXT), recent.of(Key.of("other"), TEXT));
  }
}
