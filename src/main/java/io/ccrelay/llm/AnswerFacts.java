package io.ccrelay.llm;

import io.ccrelay.cache.Usage;
import java.util.List;
import java.util.Optional;

/**
 * What an answer says about itself, gathered from a JSON body or from the events of a stream; the
 * input of {@link Verdict#judge}. Immutable; safe for use from any context.
 *
 * @param error the body is an error, whatever the status said: a top-level {@code error} that is
 *     not null, {@code type: error}, or a Responses {@code status: failed}
 * @param empty nothing usable was answered: no content, or only blank text and no tool call
 * @param refusal the model declined, by stop reason or by a refusal part
 * @param filtered content was suppressed by a filter of the service
 * @param toolUse the client is asked to run a tool; tools run by the service itself do not count
 * @param toolInputValid the arguments of every tool call are a JSON object; true without calls
 * @param stopReason why the model stopped, in the dialect's own words: {@code stop_reason}, {@code
 *     finish_reason}, or {@code status} of the Responses API (for {@code incomplete} the {@code
 *     reason} of {@code incomplete_details}); of several choices the first that is not a natural
 *     end
 * @param serverState the answer names state that the service keeps: a container, a conversation, a
 *     previous response, background work
 * @param multipleChoices there is more than one choice
 * @param usage tokens reported
 * @param toolIds ids of tool calls, in order
 * @param id the answer's own id
 * @param model the model that answered
 */
public record AnswerFacts(
    boolean error,
    boolean empty,
    boolean refusal,
    boolean filtered,
    boolean toolUse,
    boolean toolInputValid,
    Optional<String> stopReason,
    boolean serverState,
    boolean multipleChoices,
    Usage usage,
    List<String> toolIds,
    Optional<String> id,
    Optional<String> model) {

  /** Makes the list immutable. */
  public AnswerFacts {
    toolIds = List.copyOf(toolIds);
  }
}
