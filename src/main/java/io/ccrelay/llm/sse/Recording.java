package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.AnswerFacts;
import io.ccrelay.llm.PassReason;

/** What a stream amounts to once it has ended. Safe for use from any context. */
public sealed interface Recording {

  /**
   * A whole and sound stream.
   *
   * @param body its events as they were sent, without keep-alives: the same for every replay
   * @param facts what the answer says about itself, as its JSON form would
   */
  record Complete(Bytes body, AnswerFacts facts) implements Recording {}

  /** A stream of which nothing may be stored. */
  record Incomplete(PassReason reason) implements Recording {}
}
