package io.ccrelay.llm;

import static java.util.Map.entry;

import java.util.Map;

/** The places that mean something in the answers of each route. */
final class AnswerPlaces {

  private static final Map<String, AnswerPart> MESSAGE =
      Map.ofEntries(
          entry("/type", AnswerPart.KIND),
          entry("/error", AnswerPart.ERROR),
          entry("/base_resp/status_code", AnswerPart.ERROR_CODE),
          entry("/id", AnswerPart.ID),
          entry("/model", AnswerPart.MODEL),
          entry("/stop_reason", AnswerPart.STOP),
          entry("/container", AnswerPart.STATE),
          entry("/content/*", AnswerPart.ITEM),
          entry("/content/*/type", AnswerPart.ITEM_TYPE),
          entry("/content/*/id", AnswerPart.ITEM_ID),
          entry("/content/*/input", AnswerPart.ITEM_INPUT),
          entry("/content/*/text", AnswerPart.CONTENT),
          // Tokens read from and written to the prompt cache come on top of input_tokens.
          entry("/usage/input_tokens", AnswerPart.INPUT_TOKENS),
          entry("/usage/cache_creation_input_tokens", AnswerPart.INPUT_TOKENS),
          entry("/usage/cache_read_input_tokens", AnswerPart.INPUT_TOKENS),
          entry("/usage/output_tokens", AnswerPart.OUTPUT_TOKENS));

  private static final Map<String, AnswerPart> CHAT =
      Map.ofEntries(
          entry("/object", AnswerPart.KIND),
          entry("/error", AnswerPart.ERROR),
          entry("/base_resp/status_code", AnswerPart.ERROR_CODE),
          entry("/id", AnswerPart.ID),
          entry("/model", AnswerPart.MODEL),
          entry("/choices/*", AnswerPart.CHOICE),
          entry("/choices/*/finish_reason", AnswerPart.STOP),
          entry("/choices/*/text", AnswerPart.CONTENT),
          entry("/choices/*/message/content", AnswerPart.CONTENT),
          entry("/choices/*/message/content/*", AnswerPart.VALUE),
          entry("/choices/*/message/refusal", AnswerPart.REFUSAL),
          entry("/choices/*/message/audio", AnswerPart.STATE),
          entry("/choices/*/message/tool_calls/*", AnswerPart.CALL),
          entry("/choices/*/message/tool_calls/*/id", AnswerPart.CALL_ID),
          entry("/choices/*/message/tool_calls/*/function/arguments", AnswerPart.ARGUMENTS),
          entry("/choices/*/message/function_call", AnswerPart.CALL),
          entry("/choices/*/message/function_call/arguments", AnswerPart.ARGUMENTS),
          entry("/usage/prompt_tokens", AnswerPart.INPUT_TOKENS),
          entry("/usage/completion_tokens", AnswerPart.OUTPUT_TOKENS));

  private static final Map<String, AnswerPart> RESPONSE =
      Map.ofEntries(
          entry("/error", AnswerPart.ERROR),
          entry("/id", AnswerPart.ID),
          entry("/model", AnswerPart.MODEL),
          entry("/status", AnswerPart.STOP),
          entry("/incomplete_details/reason", AnswerPart.STOP_DETAIL),
          entry("/previous_response_id", AnswerPart.STATE),
          entry("/conversation", AnswerPart.STATE),
          entry("/background", AnswerPart.STATE_IF_TRUE),
          entry("/output/*", AnswerPart.ITEM),
          entry("/output/*/type", AnswerPart.ITEM_TYPE),
          entry("/output/*/call_id", AnswerPart.ITEM_ID),
          entry("/output/*/arguments", AnswerPart.ARGUMENTS),
          entry("/output/*/content/*/text", AnswerPart.CONTENT),
          entry("/output/*/content/*/refusal", AnswerPart.REFUSAL),
          // Tokens read from the prompt cache are a part of input_tokens here.
          entry("/usage/input_tokens", AnswerPart.INPUT_TOKENS),
          entry("/usage/output_tokens", AnswerPart.OUTPUT_TOKENS));

  private static final Map<String, AnswerPart> COUNT =
      Map.of(
          "/type", AnswerPart.KIND,
          "/error", AnswerPart.ERROR,
          "/input_tokens", AnswerPart.VALUE);

  private static final Map<String, AnswerPart> VECTORS =
      Map.of(
          "/object", AnswerPart.KIND,
          "/error", AnswerPart.ERROR,
          "/model", AnswerPart.MODEL,
          "/data/*", AnswerPart.VALUE,
          "/usage/prompt_tokens", AnswerPart.INPUT_TOKENS);

  private AnswerPlaces() {}

  /** JSON pointers and what they mean; {@code *} is any index. */
  static Map<String, AnswerPart> of(Route route) {
    return switch (route) {
      case MESSAGES -> MESSAGE;
      case COUNT_TOKENS -> COUNT;
      case CHAT_COMPLETIONS, COMPLETIONS -> CHAT;
      case RESPONSES -> RESPONSE;
      case EMBEDDINGS -> VECTORS;
    };
  }
}
