package io.ccrelay.proxy;

import io.ccrelay.llm.CacheUse;

/** What {@code X-CC-Relay-Cache-Debug: 1} adds to an answer. */
final class DebugHead {

  private DebugHead() {}

  /** Adds the key's digest and the parts that were left out of it, if the client asked. */
  static void describe(ReplyHead head, LlmCall call) {
    if (!call.controls().debug()) {
      return;
    }
    if (call.use() instanceof CacheUse.Use) {
      head.add("X-CC-Relay-Cache-Key", call.key().hex());
    }
    head.add("X-CC-Relay-Cache-Ignored", String.join(", ", call.request().ignored()));
    if (!call.controls().ignored().isEmpty()) {
      head.add("X-CC-Relay-Cache-Malformed", String.join(", ", call.controls().ignored()));
    }
  }
}
