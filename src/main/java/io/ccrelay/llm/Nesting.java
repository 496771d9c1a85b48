package io.ccrelay.llm;

import java.util.Arrays;

/**
 * Which of the levels that are open are objects and which are arrays, one bit each. Confined to one
 * context.
 */
final class Nesting {

  private long[] objects = new long[4];
  private int depth;

  /** Number of levels that are open. */
  int depth() {
    return depth;
  }

  /** Whether the innermost level is an object; there must be one. */
  boolean inObject() {
    int level = depth - 1;
    return (objects[level >> 6] & 1L << level) != 0;
  }

  void push(boolean object) {
    int word = depth >> 6;
    if (word == objects.length) {
      objects = Arrays.copyOf(objects, word * 2);
    }
    long bit = 1L << depth;
    objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    depth++;
  }

  void pop() {
    depth--;
  }
}
