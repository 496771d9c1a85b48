package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerJudgeTest {

  private static final Fields JSON = Fields.of("content-type", "application/json");

  private static final String MESSAGE =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"m","stop_sequence":null,
       "content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn",
       "usage":{"input_tokens":10,"cache_read_input_tokens":5,"cache_creation_input_tokens":2,
        "output_tokens":3,"service_tier":"standard","server_tool_use":{"web_search_requests":0}}}\
      """;

  private static ResponsesOptions options(boolean toolUse) {
    var d = ResponsesOptions.DEFAULTS;
    return new ResponsesOptions(
        d.enabled(),
        d.ttl(),
        d.ttlDeterministic(),
        d.maxTtl(),
        d.streaming(),
        d.scope(),
        d.coalesce(),
        d.coalesceWait(),
        d.staleWhileRevalidate(),
        d.staleIfError(),
        toolUse,
        1000,
        d.usageOnHit(),
        d.finishAfterDisconnect(),
        d.ignore(),
        d.rules());
  }

  private static String outcome(
      Route route, int status, Fields fields, String body, boolean tools) {
    return switch (AnswerJudge.judgeJson(
        route, status, fields, Bytes.utf8(body), false, options(tools))) {
      case Verdict.Keep _ -> "kept";
      case Verdict.Pass(PassReason reason) -> reason.token();
    };
  }

  private static String outcome(Route route, String body) {
    return outcome(route, 200, JSON, body, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 201, 204, 206, 301, 304, 400, 401, 404, 413, 429, 500, 502, 503, 529})
  void onlyStatus200IsKept(int status) {
    assertEquals("status", outcome(Route.MESSAGES, status, JSON, MESSAGE, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "content-type|text/plain|content-type",
        "content-type|text/event-stream|content-type",
        "content-type|application/jsonl|content-type",
        "content-type|application/json; charset=utf-8|kept",
        "content-type|APPLICATION/JSON|kept",
        "content-encoding|gzip|encoded",
        "content-encoding|identity|kept",
        "cache-control|no-store|no-store",
        "cache-control|private, No-Store=1|no-store",
        "cache-control|x=\"a, no-store\"|kept",
        "cache-control|private|kept",
        "cache-control|no-cache, must-revalidate, max-age=0|kept",
        "expires|Thu, 01 Jan 1970 00:00:00 GMT|kept",
        "set-cookie|a=b|kept",
        "vary|*|vary",
        "vary|Accept-Encoding, *|vary",
        "vary|Accept-Language|vary",
        "vary|Origin, Accept-Encoding|kept"
      })
  void theHeadDecidesFirst(String name, String value, String expected) {
    var fields = name.equals("content-type") ? Fields.of(name, value) : JSON.plus(name, value);
    assertEquals(expected, outcome(Route.MESSAGES, 200, fields, MESSAGE, false));
  }

  @Test
  void aMissingOrDoubledMediaTypeIsNotJson() {
    assertEquals("content-type", outcome(Route.MESSAGES, 200, Fields.none(), MESSAGE, false));
    assertEquals(
        "content-type",
        outcome(
            Route.MESSAGES, 200, JSON.plus("content-type", "application/json"), MESSAGE, false));
  }

  @Test
  void aBodyThatEndsWithItsConnectionMayBeCut() {
    assertEquals(
        new Verdict.Pass(PassReason.CLOSE_DELIMITED),
        AnswerJudge.judgeJson(
            Route.MESSAGES, 200, JSON, Bytes.utf8(MESSAGE), true, options(false)));
  }

  @Test
  void aBodyAboveTheLimitIsNotKept() {
    assertEquals("kept", outcome(Route.MESSAGES, MESSAGE + " ".repeat(1000 - MESSAGE.length())));
    assertEquals(
        "too-large", outcome(Route.MESSAGES, MESSAGE + " ".repeat(1001 - MESSAGE.length())));
  }

  private static String message(String content, String more) {
    return "{\"type\":\"message\",\"content\":[" + content + "]," + more + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"text\",\"text\":\"Hi\"}|end_turn|kept",
        "{\"type\":\"text\",\"text\":\"Hi\"}|stop_sequence|kept",
        "{\"type\":\"text\",\"text\":\"Hi\"}|max_tokens|truncated",
        "{\"type\":\"text\",\"text\":\"Hi\"}|model_context_window_exceeded|truncated",
        "{\"type\":\"text\",\"text\":\"Hi\"}|refusal|refusal",
        "{\"type\":\"text\",\"text\":\"Hi\"}|pause_turn|paused",
        "{\"type\":\"text\",\"text\":\"Hi\"}|compaction|stop-reason",
        "{\"type\":\"text\",\"text\":\"Hi\"}|tool_use|stop-reason",
        "{\"type\":\"text\",\"text\":\" \\n\"}|end_turn|empty",
        "{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"s\"}|end_turn|empty",
        "``|end_turn|empty",
        "{\"text\":\"Hi\",\"type\":\"text\"},{\"type\":\"server_tool_use\",\"id\":\"s\"}|end_turn|kept",
        "{\"type\":\"tool_use\",\"id\":\"t\",\"input\":{}}|tool_use|tool-use"
      })
  void anthropicAnswersAreJudgedByTheirEnd(String content, String stop, String expected) {
    assertEquals(
        expected, outcome(Route.MESSAGES, message(content, "\"stop_reason\":\"" + stop + "\"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "MESSAGES|{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}|error",
        "MESSAGES|{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}|stop-reason",
        "MESSAGES|{\"container\":{\"id\":\"c\"},\"stop_reason\":\"end_turn\"}|server-state",
        "MESSAGES|{\"base_resp\":{\"status_code\":1004}}|error",
        "MESSAGES|{\"code\":500,\"msg\":\"x\",\"success\":false}|empty",
        "MESSAGES|{}|empty",
        "MESSAGES|[]|unreadable",
        "MESSAGES|{\"type\":|unreadable",
        "MESSAGES|<html>|unreadable",
        "MESSAGES|``|unreadable",
        "COUNT_TOKENS|{\"input_tokens\":14}|kept",
        "COUNT_TOKENS|{\"type\":\"error\"}|error",
        "COUNT_TOKENS|{}|empty",
        "EMBEDDINGS|{\"data\":[{\"embedding\":[1]}],\"usage\":{\"prompt_tokens\":1}}|kept",
        "EMBEDDINGS|{\"data\":[]}|empty",
        "EMBEDDINGS|{\"error\":{\"message\":\"x\"}}|error",
        "CHAT_COMPLETIONS|{\"error\":{\"message\":\"x\"}}|error",
        "CHAT_COMPLETIONS|{\"error\":null,\"choices\":[]}|empty",
        "COMPLETIONS|{\"choices\":[{\"text\":\"a\",\"finish_reason\":\"stop\"}]}|kept",
        "COMPLETIONS|{\"choices\":[{\"text\":\"a\",\"finish_reason\":\"length\"}]}|truncated",
        "COMPLETIONS|{\"choices\":[{\"text\":\"a\",\"finish_reason\":\"stop\"},"
            + "{\"text\":\"a\",\"finish_reason\":\"length\"}]}|truncated",
        "COMPLETIONS|{\"choices\":[{\"text\":\"a\",\"finish_reason\":\"length\"},"
            + "{\"text\":\"a\",\"finish_reason\":\"stop\"}]}|truncated"
      })
  void bodiesAreJudgedByWhatTheySay(Route route, String body, String expected) {
    assertEquals(expected, outcome(route, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"content\":\"Hi\"|stop|kept",
        "\"content\":\"Hi\",\"refusal\":null|stop|kept",
        "\"content\":null,\"refusal\":\"No\"|stop|refusal",
        "\"content\":\"\"|stop|empty",
        "\"content\":[{\"type\":\"text\",\"text\":\"a\"}]|stop|kept",
        "\"content\":\"Hi\"|length|truncated",
        "\"content\":\"Hi\"|content_filter|content-filter",
        "\"content\":\"Hi\"|sensitive|stop-reason",
        "\"audio\":{\"id\":\"a\"}|stop|server-state",
        "\"tool_calls\":[{\"id\":\"c\",\"function\":{\"arguments\":\"{}\"}}]|tool_calls|tool-use",
        "\"tool_calls\":[{\"id\":\"c\",\"function\":{\"arguments\":\"{}\"}}]|stop|tool-use",
        "\"content\":\"Hi\",\"tool_calls\":[]|stop|kept",
        "\"function_call\":{\"arguments\":\"{}\"}|function_call|tool-use"
      })
  void chatAnswersAreJudgedByTheirEnd(String message, String finish, String expected) {
    assertEquals(
        expected,
        outcome(
            Route.CHAT_COMPLETIONS,
            "{\"choices\":[{\"message\":{"
                + message
                + "},\"finish_reason\":\""
                + finish
                + "\"}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "completed|{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"}]}||kept",
        "completed|{\"content\":[{\"text\":\"a\"}],\"type\":\"reasoning\"}||empty",
        "completed|{\"type\":\"message\",\"content\":[{\"refusal\":\"No\"}]}||refusal",
        "completed|{\"type\":\"function_call\",\"call_id\":\"c\",\"arguments\":\"{}\"}||tool-use",
        "completed|{\"type\":\"computer_call\",\"call_id\":\"c\"}||tool-use",
        "completed|{\"type\":\"mcp_approval_request\",\"arguments\":\"{}\"}||tool-use",
        "completed|{\"type\":\"web_search_call\"}||kept",
        "incomplete|{\"type\":\"message\"}|,\"incomplete_details\":{\"reason\":\"max_output_tokens\"}|truncated",
        "incomplete|{\"type\":\"message\"}|,\"incomplete_details\":{\"reason\":\"content_filter\"}|content-filter",
        "incomplete|{\"type\":\"message\"}||truncated",
        "failed|{\"type\":\"message\"}|,\"error\":{\"code\":\"x\"}|error",
        "failed|{\"type\":\"message\"}||error",
        "cancelled|{\"type\":\"web_search_call\"}||stop-reason",
        "in_progress|{\"type\":\"message\"}||paused",
        "completed|{\"type\":\"web_search_call\"}|,\"previous_response_id\":\"r\"|server-state",
        "completed|{\"type\":\"web_search_call\"}|,\"background\":true|server-state",
        "completed|{\"type\":\"web_search_call\"}|,\"conversation\":{\"id\":\"c\"}|server-state",
        "completed|{\"type\":\"web_search_call\"}|,\"background\":false,\"store\":true,\"error\":null|kept"
      })
  void responsesAreJudgedByTheirStatus(String status, String item, String more, String expected) {
    String body =
        "{\"status\":\""
            + status
            + "\",\"output\":["
            + item
            + "]"
            + (more == null ? "" : more)
            + "}";
    assertEquals(expected, outcome(Route.RESPONSES, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|kept",
        "{\\\"a\\\":[1]}|kept",
        "[]|tool-input",
        "{|tool-input",
        "{}x|tool-input",
        "``|tool-input",
        "1|tool-input"
      })
  void toolCallsAreKeptOnRequestIfTheirArgumentsAreAnObject(String arguments, String expected) {
    String call =
        "{\"id\":\"c\",\"function\":{\"arguments\":\""
            + (arguments == null ? "" : arguments)
            + "\"}}";
    assertEquals(
        expected,
        outcome(
            Route.CHAT_COMPLETIONS,
            200,
            JSON,
            "{\"choices\":[{\"message\":{\"tool_calls\":["
                + call
                + "]},\"finish_reason\":\"tool_calls\"}]}",
            true));
  }

  @Test
  void anthropicToolInputMustBeAnObject() {
    String call = "{\"type\":\"tool_use\",\"id\":\"t\",\"input\":%s}";
    String stop = "\"stop_reason\":\"tool_use\"";
    assertEquals(
        "kept", outcome(Route.MESSAGES, 200, JSON, message(call.formatted("{}"), stop), true));
    assertEquals(
        "tool-input",
        outcome(Route.MESSAGES, 200, JSON, message(call.formatted("\"{\""), stop), true));
  }

  @Test
  void factsOfAMessageAreRead() {
    var facts = AnswerReader.read(Route.MESSAGES, Bytes.utf8(MESSAGE)).orElseThrow();
    assertEquals(new Usage(17, 3), facts.usage());
    assertEquals(Optional.of("msg_1"), facts.id());
    assertEquals(Optional.of("m"), facts.model());
    assertEquals(Optional.of("end_turn"), facts.stopReason());
  }

  @Test
  void idsOfToolCallsAreReadInOrder() {
    assertEquals(
        List.of("a", "b"),
        AnswerReader.read(
                Route.MESSAGES,
                Bytes.utf8(
                    message(
                        "{\"id\":\"a\",\"type\":\"tool_use\"},{\"type\":\"text\",\"id\":\"x\"},"
                            + "{\"type\":\"tool_use\",\"id\":\"b\"}",
                        "\"x\":1")))
            .orElseThrow()
            .toolIds());
    assertEquals(
        List.of("c"),
        AnswerReader.read(
                Route.RESPONSES,
                Bytes.utf8(
                    "{\"output\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"id\":\"f\"}]}"))
            .orElseThrow()
            .toolIds());
  }

  @Test
  void severalChoicesAreNoticedAndUsageOfOpenAiIsRead() {
    var facts =
        AnswerReader.read(
                Route.CHAT_COMPLETIONS,
                Bytes.utf8(
                    "{\"choices\":[{},{}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2.0,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":5}}}"))
            .orElseThrow();
    assertTrue(facts.multipleChoices());
    assertEquals(new Usage(7, 2), facts.usage());
  }

  @Test
  void zeroUsageKeepsEveryOtherByte() {
    String usage =
        "{ \"id\":1,\"usage\" : {\"input_tokens\": 12,\"b\":{\"c\":[-3.5e2,\"7\"]},\"d\":null},\"n\":9}";
    assertEquals(
        "{ \"id\":1,\"usage\" : {\"input_tokens\": 0,\"b\":{\"c\":[0,\"7\"]},\"d\":null},\"n\":9}",
        UsageZero.apply(Bytes.utf8(usage)).toUtf8());
    for (String untouched : List.of("{\"a\":{\"usage\":{\"b\":1}}}", "{\"usage\":5}", "nonsense")) {
      assertEquals(untouched, UsageZero.apply(Bytes.utf8(untouched)).toUtf8());
    }
  }

  @Property(tries = 500)
  void anyBytesAreJudgedWithoutAnException(@ForAll byte[] body, @ForAll long seed) {
    for (Route route : Route.values()) {
      AnswerJudge.judgeJson(route, 200, JSON, Bytes.copyOf(body), false, options(true));
      String document = new RandomJson(seed).write(new RandomJson(seed).object(3));
      AnswerJudge.judgeJson(route, 200, JSON, Bytes.utf8(document), false, options(true));
      UsageZero.apply(Bytes.copyOf(body));
    }
  }
}
