package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;

/** What a request asks in its last message, apart from everything around it. */
public sealed interface LastQuestion {

  /**
   * A question that can be compared with others.
   *
   * @param text the last message of the user, one text
   * @param around the body with that text left empty: what must be the same for two questions to be
   *     compared at all
   * @param messages how many messages the conversation has, this one included
   */
  record Asked(String text, Bytes around, int messages) implements LastQuestion {}

  /** There is none. */
  record Unfit(Reason reason) implements LastQuestion {}

  /** Why a request has no question that can be compared. */
  enum Reason {
    /** The request is too large to be looked at. */
    TOO_LARGE("semantic-too-large"),
    /** The route has no conversation. */
    ROUTE("semantic-route"),
    /** Tools are offered: what they find is not in the question. */
    TOOLS("semantic-tools"),
    /** Something in the conversation is no text. */
    NOT_TEXT("semantic-not-text"),
    /** The last message is not one text of the user. */
    NO_QUESTION("semantic-no-question");

    private final String token;

    Reason(String token) {
      this.token = token;
    }

    /** The word in logs and metrics. */
    public String token() {
      return token;
    }
  }

  /** Reads {@code body}, which was understood before. Never throws, whatever the bytes are. */
  static LastQuestion of(Route route, Bytes body) {
    return switch (route) {
      case MESSAGES, CHAT_COMPLETIONS, RESPONSES ->
          body.lend((array, offset, length) ->
              new QuestionReader(route, body, new JsonTokens(array, offset, length), offset)
                  .read());
      case COUNT_TOKENS, COMPLETIONS, EMBEDDINGS -> new Unfit(Reason.ROUTE);
    };
  }
}
