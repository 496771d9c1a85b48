package io.ccrelay.cache;

/**
 * Tokens an answer was billed for, as the provider reported them.
 *
 * @param inputTokens tokens of the prompt, those read from or written to a prompt cache included
 * @param outputTokens tokens of the answer
 */
public record Usage(long inputTokens, long outputTokens) {

  /** Nothing reported. */
  public static final Usage NONE = new Usage(0, 0);

  /** Both together. */
  public Usage plus(Usage other) {
    return new Usage(inputTokens + other.inputTokens, outputTokens + other.outputTokens);
  }
}
