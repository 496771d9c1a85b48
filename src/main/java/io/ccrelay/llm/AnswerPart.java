package io.ccrelay.llm;

/** What a place in an answer means. */
enum AnswerPart {
  /** The answer's id. */
  ID,
  /** The model that answered. */
  MODEL,
  /** The kind of document; {@code error} is one. */
  KIND,
  /** An error, if not null. */
  ERROR,
  /** A status number of which zero is the good one. */
  ERROR_CODE,
  /** Why the model stopped. */
  STOP,
  /** Why the model stopped, better than {@link #STOP}. */
  STOP_DETAIL,
  /** State of the service, if not null. */
  STATE,
  /** State of the service, if true. */
  STATE_IF_TRUE,
  /** A block of an Anthropic message or an item of a Responses output. */
  ITEM,
  /** Its type. */
  ITEM_TYPE,
  /** The id by which its result will refer to it. */
  ITEM_ID,
  /** Arguments as an object. */
  ITEM_INPUT,
  /** One of several answers. */
  CHOICE,
  /** Text, or a list of parts that are not empty. */
  CONTENT,
  /** Anything that is content by being there. */
  VALUE,
  /** A refusal, if a text. */
  REFUSAL,
  /** A tool call, if not null. */
  CALL,
  /** The id of a tool call. */
  CALL_ID,
  /** Arguments as JSON within a string. */
  ARGUMENTS,
  /** Tokens of the prompt, all places summed. */
  INPUT_TOKENS,
  /** Tokens of the answer. */
  OUTPUT_TOKENS
}
