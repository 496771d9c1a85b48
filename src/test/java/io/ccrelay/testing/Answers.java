package io.ccrelay.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import io.ccrelay.cache.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** JSON answers of each dialect, as providers give them, to draw from. */
public final class Answers {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Answers() {}

  /** Any text, short or of some 40 KiB, without halves of surrogate pairs. */
  public static Arbitrary<String> texts() {
    var pieces =
        Arbitraries.of(
            "a",
            " ",
            "\n",
            "\r\n",
            "\t",
            "\u0000",
            "\"",
            "\\",
            "/",
            "<b>&",
            "é",
            "日本",
            "\u2028",
            "\u2029",
            "\uFEFF",
            "\uD83D\uDE00",
            "\uD83D\uDC69\u200D\uD83D\uDC67",
            "\u007F",
            "data: x\n\n");
    var shorts = pieces.list().ofMaxSize(8).map(parts -> String.join("", parts));
    var longs =
        shorts.filter(text -> !text.isEmpty()).map(text -> text.repeat(40_000 / text.length()));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(19, shorts), net.jqwik.api.Tuple.of(1, longs));
  }

  /** A message of the Anthropic dialect. */
  public static Arbitrary<Bytes> messages() {
    var content =
        Arbitraries.oneOf(
                textBlocks(), citedBlocks(), thinkingBlocks(), toolBlocks(), otherBlocks())
            .list()
            .ofMaxSize(5);
    return Combinators.combine(content, numbers(), extras())
        .as((blocks, number, extra) -> {
          var usage = object("input_tokens", raw(number), "output_tokens", raw("17"));
          usage.put("cache_creation", object("ephemeral_5m_input_tokens", raw("0")));
          usage.put("server_tool_use", null);
          var message = object("id", "msg_1", "type", "message", "role", "assistant");
          message.put("model", "claude-x");
          message.put("content", blocks);
          message.put("stop_reason", "end_turn");
          message.put("stop_sequence", null);
          message.put("usage", usage);
          message.putAll(extra);
          return json(message);
        });
  }

  /** A chat completion of the OpenAI dialect, with usage. */
  public static Arbitrary<Bytes> chats() {
    var choice =
        Combinators.combine(chatMessages(), logprobs())
            .as((message, logprobs) ->
                object("message", message, "logprobs", logprobs, "finish_reason", "stop"));
    return completions("chat.completion", choice);
  }

  /** A legacy completion of the OpenAI dialect, with usage. */
  public static Arbitrary<Bytes> legacy() {
    var choice =
        Combinators.combine(texts(), logprobs())
            .as((text, logprobs) ->
                object("text", text, "logprobs", logprobs, "finish_reason", "length"));
    return completions("text_completion", choice);
  }

  /** A response of the Responses API. */
  public static Arbitrary<Bytes> responses() {
    return Combinators.combine(items().list().ofMaxSize(4), numbers(), extras())
        .as((items, number, extra) -> {
          var response = object("id", "resp_1", "object", "response", "created_at", raw("1"));
          response.put("status", "completed");
          response.put("error", null);
          response.put("model", "gpt-x");
          response.put("output", items);
          response.put("temperature", raw(number));
          response.put("usage", object("input_tokens", raw("3"), "output_tokens", raw("5")));
          response.putAll(extra);
          return json(response);
        });
  }

  private static Arbitrary<Bytes> completions(
      String object, Arbitrary<Map<String, Object>> choice) {
    return Combinators.combine(choice.list().ofMinSize(1).ofMaxSize(3), numbers(), extras())
        .as((choices, number, extra) -> {
          for (int i = 0; i < choices.size(); i++) {
            choices.get(i).put("index", raw(Integer.toString(i)));
          }
          var answer = object("id", "chatcmpl-1", "object", object, "created", raw("7"));
          answer.put("model", "gpt-x");
          answer.put("choices", choices);
          answer.put("usage", object("prompt_tokens", raw(number), "details", null));
          answer.putAll(extra);
          return json(answer);
        });
  }

  private static Arbitrary<Map<String, Object>> textBlocks() {
    return texts().map(text -> object("type", "text", "text", text));
  }

  private static Arbitrary<Map<String, Object>> citedBlocks() {
    var citation =
        Combinators.combine(texts(), numbers())
            .as((text, at) -> object("type", "char_location", "cited_text", text, "at", raw(at)));
    var citations = citation.list().ofMaxSize(3).injectNull(0.2);
    return Combinators.combine(texts(), citations)
        .as((text, cited) -> object("type", "text", "text", text, "citations", cited));
  }

  private static Arbitrary<Map<String, Object>> thinkingBlocks() {
    return Combinators.combine(texts(), texts())
        .as((text, sign) -> object("type", "thinking", "thinking", text, "signature", sign));
  }

  private static Arbitrary<Map<String, Object>> toolBlocks() {
    return Combinators.combine(
            Arbitraries.of("tool_use", "server_tool_use", "mcp_tool_use"), values())
        .as((type, input) -> {
          var block = object("type", type, "id", "toolu_1", "name", "f");
          block.put("input", input instanceof Map ? input : object("v", input));
          block.put("caller", object("type", "direct"));
          return block;
        });
  }

  private static Arbitrary<Map<String, Object>> otherBlocks() {
    return values().map(value -> object("type", "web_search_tool_result", "content", value));
  }

  private static Arbitrary<Map<String, Object>> chatMessages() {
    return Combinators.combine(
            texts().injectNull(0.2), texts().injectNull(0.5), calls(), values().injectNull(0.5))
        .as((content, reasoning, calls, unknown) -> {
          var message = object("role", "assistant", "content", content, "refusal", null);
          message.put("reasoning_content", reasoning);
          message.put("annotations", unknown);
          if (calls.size() % 2 == 1) {
            message.put("tool_calls", calls);
          } else if (!calls.isEmpty()) {
            message.put("function_call", calls.getFirst().get("function"));
          }
          return message;
        });
  }

  private static Arbitrary<List<Map<String, Object>>> calls() {
    var function =
        texts()
            .map(text ->
                object(
                    "id",
                    "call_1",
                    "type",
                    "function",
                    "function",
                    object("name", "f", "arguments", text)));
    var custom =
        texts()
            .map(text ->
                object(
                    "id",
                    "call_2",
                    "type",
                    "custom",
                    "custom",
                    object("name", "c", "input", text)));
    return function
        .list()
        .ofMaxSize(2)
        .flatMap(calls ->
            custom
                .list()
                .ofMaxSize(calls.size() == 1 ? 0 : 1)
                .map(more -> {
                  var all = new ArrayList<>(calls);
                  all.addAll(more);
                  return all;
                }));
  }

  private static Arbitrary<Object> logprobs() {
    return texts()
        .map(token ->
            (Object)
                object(
                    "content",
                    List.of(object("token", token, "logprob", raw("-0.10"))),
                    "refusal",
                    null))
        .injectNull(0.5);
  }

  private static Arbitrary<Map<String, Object>> items() {
    var part =
        texts()
            .flatMap(text ->
                Arbitraries.of(
                    object(
                        "type",
                        "output_text",
                        "text",
                        text,
                        "annotations",
                        List.of(object("type", "url_citation", "title", text)),
                        "logprobs",
                        List.of()),
                    object("type", "refusal", "refusal", text),
                    object("type", "hologram", "shape", text)));
    var message =
        part.list()
            .ofMaxSize(3)
            .map(parts -> {
              var item = object("id", "msg_1", "type", "message", "status", "completed");
              item.put("role", "assistant");
              item.put("content", parts);
              return item;
            });
    var call =
        texts()
            .map(text ->
                object(
                    "id",
                    "fc_1",
                    "type",
                    "function_call",
                    "call_id",
                    "call_1",
                    "name",
                    "f",
                    "arguments",
                    text));
    var reasoning =
        texts()
            .list()
            .ofMaxSize(2)
            .map(all ->
                object(
                    "id",
                    "rs_1",
                    "type",
                    "reasoning",
                    "encrypted_content",
                    "xx",
                    "summary",
                    all.stream()
                        .map(text -> object("type", "summary_text", "text", text))
                        .toList()));
    var other = values().map(value -> object("id", "ws_1", "type", "novelty", "value", value));
    return Arbitraries.oneOf(message, call, reasoning, other);
  }

  /** Numbers by their text, beyond what a double can hold. */
  private static Arbitrary<String> numbers() {
    return Arbitraries.of("0", "-0", "1.0", "1e2", "1E+2", "9007199254740993", "0.1000", "1e400");
  }

  private static Arbitrary<Map<String, Object>> extras() {
    return values().injectNull(0.3).map(value -> object("novelty", value));
  }

  private static Arbitrary<Object> values() {
    var leaves =
        Arbitraries.oneOf(
            texts().map(text -> (Object) text),
            numbers().map(Answers::raw),
            Arbitraries.of(true, false));
    return Arbitraries.recursive(
        () -> leaves,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(list -> (Object) list),
                Combinators.combine(names(), inner)
                    .as((name, value) -> (Object) object(name, value, "n", null))),
        0,
        3);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("", "a b", "\"", "\u2028", "\uD83D\uDE00", "type", "index", "usage");
  }

  private static Object raw(String json) {
    return new RawValue(json);
  }

  private static Map<String, Object> object(Object... members) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < members.length; i += 2) {
      object.put((String) members[i], members[i + 1]);
    }
    return object;
  }

  private static Bytes json(Object value) {
    try {
      return Bytes.utf8(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
