package io.ccrelay.llm;

import java.util.Optional;

/**
 * What a place in a request body means to the relay.
 *
 * @param role what is noted of its value
 * @param leftOut the rule by which it stays out of the canonical form, empty if it stays in
 */
record RequestPart(Role role, Optional<String> leftOut) {

  /** What is noted of a value. */
  enum Role {
    /** Nothing. */
    NONE,
    /** The model's name, a string. */
    MODEL,
    /** Whether to stream: a boolean or null. */
    STREAM,
    /** An object that means nothing once it is empty. */
    STREAM_OPTIONS,
    /** Whether a stream tells its usage: a boolean or null. */
    INCLUDE_USAGE,
    /** A number. */
    TEMPERATURE,
    /** The id of a tool call. */
    TOOL_ID,
    /** State of the service, if not null. */
    STATE,
    /** State of the service, if true. */
    STATE_IF_TRUE,
    /** Something acts on the world, if not null. */
    EFFECTS,
    /** The type of a tool. */
    TOOL_TYPE,
    /** The type of an input item. */
    ITEM_TYPE,
    /** The system prompt, if a string. */
    SYSTEM_STRING,
    /** The first system block. */
    SYSTEM_BLOCK,
    /** The type of the first system block. */
    SYSTEM_TYPE,
    /** The text of the first system block. */
    SYSTEM_TEXT
  }

  /** A place that is noted and stays in the key. */
  static RequestPart noted(Role role) {
    return new RequestPart(role, Optional.empty());
  }

  /** A place that is noted and stays out of the key because it enters elsewhere. */
  static RequestPart elsewhere(Role role) {
    return new RequestPart(role, Optional.of(""));
  }

  /** A place that a rule leaves out. */
  static RequestPart leftOut(String rule) {
    return new RequestPart(Role.NONE, Optional.of(rule));
  }

  /** Both meanings of one place. */
  RequestPart and(RequestPart other) {
    return new RequestPart(
        role == Role.NONE ? other.role : role, leftOut.isPresent() ? leftOut : other.leftOut);
  }
}
