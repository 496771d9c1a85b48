package io.ccrelay.llm;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Takes the digest of each member of the body, and of each element of its lists of messages, while
 * the canonical form is written. Confined to one context.
 */
final class PartsCollector {

  private static final Set<String> LISTS = Set.of("messages", "input");
  private static final int MEMBER = 1;
  private static final int ELEMENT = 2;

  private final Map<String, Long> digests = new LinkedHashMap<>();
  private String member = "";
  private boolean list;
  private int from;
  private int element;

  /** The name of a member was written. */
  void named(String name, int depth, CanonicalForm form) {
    if (depth == MEMBER) {
      member = RequestParts.shown(name);
      list = false;
      from = form.size();
    }
  }

  /** An array was opened. */
  void opened(int depth, CanonicalForm form) {
    if (depth == ELEMENT && LISTS.contains(member)) {
      list = true;
      element = 0;
      from = form.size();
    }
  }

  /** A value has ended; {@code depth} is that of what holds it. */
  void ended(int depth, CanonicalForm form) {
    if (depth == ELEMENT && list) {
      take(member + '[' + element++ + ']', form);
      from = form.size();
    } else if (depth == MEMBER && !list) {
      take(member, form);
    }
  }

  /** What was left out has no bytes and is no part. */
  private void take(String name, CanonicalForm form) {
    if (form.size() > from) {
      long digest = form.digest(from);
      if (digests.size() < RequestParts.MOST) {
        digests.put(name, digest);
      } else {
        digests.merge("more", digest, (old, next) -> join(old, next));
      }
    }
  }

  private static long join(long old, long next) {
    byte[] both = ByteBuffer.allocate(2 * Long.BYTES).putLong(old).putLong(next).array();
    return RequestParts.digest(both, 0, both.length);
  }

  Map<String, Long> digests() {
    return digests;
  }
}
