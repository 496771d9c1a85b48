package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/**
 * Sets every number within the top-level {@code usage} of a JSON answer to zero, nested ones too,
 * and keeps its fields and every other byte. Safe for use from any context.
 */
public final class UsageZero {

  private static final PathTree<Boolean> USAGE =
      PathTree.of(Map.of("/usage", true), Boolean::logicalOr);

  private UsageZero() {}

  /** {@code json} with usage of zero; itself if it has none or is not JSON. */
  public static Bytes apply(Bytes json) {
    return json.lend((array, offset, length) -> zeroed(json, array, offset, length));
  }

  private static Bytes zeroed(Bytes json, byte[] array, int offset, int length) {
    var tokens = new JsonTokens(array, offset, length);
    var cursor = new PathCursor<>(USAGE, tokens);
    var edited = new ByteArrayOutputStream(length);
    int copied = offset;
    int usageDepth = 0;
    JsonToken token = tokens.next();
    while (token != JsonToken.END && token != JsonToken.FAULT) {
      cursor.follow(token);
      if (cursor.here() != null && token == JsonToken.OBJECT_START) {
        usageDepth = tokens.depth();
      } else if (tokens.depth() < usageDepth) {
        usageDepth = 0;
      } else if (token == JsonToken.NUMBER && usageDepth > 0) {
        edited.write(array, copied, tokens.from() - copied);
        edited.write('0');
        copied = tokens.to();
      }
      token = tokens.next();
    }
    if (token == JsonToken.FAULT || copied == offset) {
      return json;
    }
    edited.write(array, copied, offset + length - copied);
    return Bytes.owned(edited.toByteArray());
  }
}
