package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import java.util.Optional;

/**
 * An answer that is put together from the events of its stream: the rules of one dialect about
 * their order and meaning. Confined to one context.
 */
sealed interface Assembly permits MessageAssembly, ChunkAssembly, ResponseAssembly {

  /** What an event means for the stream. */
  enum Step {
    /** More is to come. */
    GOES_ON,
    /** The terminal event of a consistent stream: nothing may follow. */
    COMPLETES,
    /** The provider says that the answer failed. */
    FAILS,
    /** The answer ends before its time, by the provider's own word. */
    STOPS_SHORT,
    /** Not a stream of this dialect: wrong order, or data that cannot be read. */
    VIOLATES
  }

  /** Takes the next event. */
  Step accept(Event event);

  /** The answer so far as the JSON form would have it, as far as it can be expressed. */
  Bytes json();

  /** Whether {@link #json} expresses everything the events said. */
  boolean lossless();

  /** An empty answer of {@code route}; nothing for routes without streams. */
  static Optional<Assembly> of(Route route) {
    return switch (route) {
      case MESSAGES -> Optional.of(new MessageAssembly());
      case CHAT_COMPLETIONS -> Optional.of(new ChunkAssembly("chat.completion"));
      case COMPLETIONS -> Optional.of(new ChunkAssembly("text_completion"));
      case RESPONSES -> Optional.of(new ResponseAssembly());
      case COUNT_TOKENS, EMBEDDINGS -> Optional.empty();
    };
  }
}
