package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.ModelEdit.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the relay needs to know of a request body. Immutable; safe for use from any context.
 *
 * @param model the top-level {@code model}, escapes resolved
 * @param modelSpan where the value of {@code model} lies in the body, quotes included
 * @param stream whether an event stream is asked for
 * @param includeUsage whether a stream of the OpenAI dialect shall end with its usage ({@code
 *     stream_options.include_usage})
 * @param temperature the top-level {@code temperature}
 * @param digest SHA-256 of the canonical form of the body without {@code model}, {@code stream} and
 *     what the {@link Recipe} leaves out; of the body as it is where {@code bypass} is present
 * @param ignored the rules of the recipe that left something out, as JSON pointers in the order of
 *     first use
 * @param toolIds ids of tool calls and tool results that occur in the conversation
 * @param bypass why the cache must not be asked, if it must not
 */
public record ChatRequest(
    Optional<String> model,
    Optional<Span> modelSpan,
    boolean stream,
    boolean includeUsage,
    Optional<Double> temperature,
    Bytes digest,
    List<String> ignored,
    Set<String> toolIds,
    Optional<BypassReason> bypass) {

  private static final ChatRequest UNKNOWN =
      new ChatRequest(
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          Bytes.empty(),
          List.of(),
          Set.of(),
          Optional.of(BypassReason.MALFORMED));

  /** Makes the collections immutable. */
  public ChatRequest {
    ignored = List.copyOf(ignored);
    toolIds = Set.copyOf(toolIds);
  }

  /** A request of which nothing is known, to relay what {@link #parse} could not read. */
  public static ChatRequest unknown() {
    return UNKNOWN;
  }

  /**
   * Reads {@code body} in one pass. Never throws, whatever the bytes are; time and memory are
   * linear in their number.
   */
  public static Parsed parse(Route route, Bytes body, Recipe recipe) {
    return body.lend(
        (array, offset, length) -> new RequestReader(route, array, offset, length, recipe).read());
  }
}
