package io.ccrelay.llm.sse;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import java.util.Optional;

/**
 * Turns a JSON answer into the complete stream that the same request would have had with {@code
 * stream: true}. {@link Fold} is its inverse: folding the stream gives the same JSON value, numbers
 * by their text. Safe for use from any context.
 */
public final class Unfold {

  private Unfold() {}

  /**
   * The stream form of {@code answer}; empty if it is not a finished answer of {@code route}, or
   * has parts that would not survive the way there and back.
   *
   * @param includeUsage whether the request had {@code stream_options.include_usage}; of meaning
   *     for OpenAI's completions only, whose answer must then have usage
   */
  public static Optional<Bytes> toStream(Route route, Bytes answer, boolean includeUsage) {
    return JsonReader.readObject(answer)
        .flatMap(body ->
            switch (route) {
              case MESSAGES -> UnfoldMessage.of(body);
              case CHAT_COMPLETIONS, COMPLETIONS -> UnfoldChunks.of(route, body, includeUsage);
              case RESPONSES -> UnfoldResponse.of(body);
              case COUNT_TOKENS, EMBEDDINGS -> Optional.empty();
            });
  }
}
