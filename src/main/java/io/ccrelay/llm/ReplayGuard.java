package io.ccrelay.llm;

import java.util.Collection;
import java.util.Set;

/**
 * Keeps ids of tool calls unique within a conversation: they may repeat from one conversation to
 * another, never inside one, so an answer whose ids occur in the request already is not replayed.
 */
public final class ReplayGuard {

  private ReplayGuard() {}

  /** Whether {@code answer} holds an id that the conversation {@code asked} about holds too. */
  public static boolean repeats(Collection<String> answer, Set<String> asked) {
    return !asked.isEmpty() && answer.stream().anyMatch(asked::contains);
  }
}
