package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells without parsing which events need not be parsed for their usage. */
final class UsageMember {

  private static final byte[] NAME = "\"usage\"".getBytes(StandardCharsets.US_ASCII);

  private UsageMember() {}

  /**
   * Whether {@code json} has a member {@code usage} that is an object. Inside a string its quotes
   * would be escaped, so this may err only by an object of that name elsewhere.
   */
  static boolean isIn(Bytes json) {
    return json.lend((array, offset, size) -> isIn(array, offset, offset + size));
  }

  private static boolean isIn(byte[] array, int from, int to) {
    for (int i = from; i <= to - NAME.length; i++) {
      if (array[i] == '"'
          && Arrays.equals(array, i, i + NAME.length, NAME, 0, NAME.length)
          && opensObject(array, i + NAME.length, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean opensObject(byte[] array, int from, int to) {
    int i = from;
    while (i < to && (array[i] <= ' ' || array[i] == ':')) {
      i++;
    }
    return i < to && array[i] == '{';
  }
}
