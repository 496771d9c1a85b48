package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestTest {

  private static Parsed parse(Route route, String body) {
    return ChatRequest.parse(route, Bytes.utf8(body), Recipe.BUILT_IN);
  }

  private static ChatRequest read(Route route, String body) {
    if (parse(route, body) instanceof Parsed.Understood(ChatRequest request)) {
      return request;
    }
    throw new AssertionError(parse(route, body) + ": " + body);
  }

  @Test
  void notesWhatTheRelayNeeds() {
    String body =
        """
        {"max_tokens":1, "model" : "claude-\\u0041", "stream": true, "temperature": 0.0,
         "messages":[{"role":"assistant","content":[
           {"type":"tool_use","id":"toolu_1","name":"f","input":{"id":"no","tool_use_id":"no"}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_2"}]}]}\
        """;
    var request = read(Route.MESSAGES, body);
    assertEquals(Optional.of("claude-A"), request.model());
    var span = request.modelSpan().orElseThrow();
    assertEquals("\"claude-\\u0041\"", body.substring(span.from(), span.to()));
    assertTrue(request.stream());
    assertEquals(Optional.of(0.0), request.temperature());
    assertEquals(Set.of("toolu_1", "toolu_2"), request.toolIds());
    assertEquals(Optional.empty(), request.bypass());
    assertEquals(32, request.digest().size());
  }

  @Test
  void notesToolIdsOfTheOpenAiDialect() {
    assertEquals(
        Set.of("call_1", "call_2"),
        read(
                Route.CHAT_COMPLETIONS,
                """
                {"messages":[{"role":"assistant","tool_calls":[{"id":"call_1"}]},
                 {"role":"tool","tool_call_id":"call_2"}]}\
                """)
            .toolIds());
    assertEquals(
        Set.of("call_3", "call_4"),
        read(
                Route.RESPONSES,
                """
                {"input":[{"type":"function_call","call_id":"call_3"},
                 {"type":"function_call_output","call_id":"call_4"}]}\
                """)
            .toolIds());
  }

  @Test
  void theModelIsFoundInAViewOfALargerArray() {
    String body = "{\"model\":\"m\"}";
    var bytes = Bytes.utf8("padding" + body + "padding").slice(7, 7 + body.length());
    var request =
        ((Parsed.Understood) ChatRequest.parse(Route.MESSAGES, bytes, Recipe.BUILT_IN)).request();
    var span = request.modelSpan().orElseThrow();
    assertEquals("\"m\"", bytes.slice(span.from(), span.to()).toUtf8());
    assertEquals("{\"model\":\"n\\\"\"}", ModelEdit.apply(bytes, span, "n\"").toUtf8());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "``|EMPTY_BODY", "` `|EMPTY_BODY", "hello|MALFORMED", "{\"a\":1|MALFORMED",
        "{} {}|MALFORMED", "{}x|MALFORMED", "\uFEFF{}|MALFORMED", "[]|NOT_AN_OBJECT",
        "\"a\"|NOT_AN_OBJECT", "[|MALFORMED", "null|NOT_AN_OBJECT",
            "{\"a\":1,\"a\":1}|DUPLICATE_KEY"
      })
  void whatIsNoRequestIsUnreadable(String body, BypassReason reason) {
    assertEquals(new Parsed.Unreadable(reason), parse(Route.MESSAGES, body));
  }

  @Test
  void invalidUtf8IsUnreadable() {
    byte[] body = {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'};
    assertEquals(
        new Parsed.Unreadable(BypassReason.MALFORMED),
        ChatRequest.parse(Route.MESSAGES, Bytes.owned(body), Recipe.BUILT_IN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "MESSAGES|{\"container\":\"c\"}|SERVER_STATE",
        "MESSAGES|{\"container\":{\"id\":\"c\"}}|SERVER_STATE",
        "MESSAGES|{\"container\":null}|none",
        "MESSAGES|{\"mcp_servers\":[{}]}|SERVER_TOOLS",
        "MESSAGES|{\"mcp_servers\":[]}|none",
        "MESSAGES|{\"tools\":[{\"type\":\"code_execution_20260120\"}]}|SERVER_TOOLS",
        "MESSAGES|{\"tools\":[{\"type\":\"mcp_toolset\"}]}|SERVER_TOOLS",
        "MESSAGES|{\"tools\":[{\"type\":\"web_search_20250305\"},{\"name\":\"mcp\"}]}|none",
        "MESSAGES|{\"model\":5}|WRONG_TYPE",
        "MESSAGES|{\"model\":null}|WRONG_TYPE",
        "MESSAGES|{\"model\":{}}|WRONG_TYPE",
        "MESSAGES|{\"stream\":\"yes\"}|WRONG_TYPE",
        "MESSAGES|{\"stream\":1}|WRONG_TYPE",
        "MESSAGES|{\"stream\":null}|none",
        "MESSAGES|{\"store\":true}|none",
        "CHAT_COMPLETIONS|{\"store\":true}|SERVER_STATE",
        "CHAT_COMPLETIONS|{\"store\":false}|none",
        "CHAT_COMPLETIONS|{\"n\":3}|none",
        "CHAT_COMPLETIONS|{\"stream_options\":{\"include_usage\":1}}|WRONG_TYPE",
        "RESPONSES|{\"store\":true}|SERVER_STATE",
        "RESPONSES|{\"store\":false}|none",
        "RESPONSES|{}|none",
        "RESPONSES|{\"background\":true}|SERVER_STATE",
        "RESPONSES|{\"background\":false}|none",
        "RESPONSES|{\"previous_response_id\":\"r\"}|SERVER_STATE",
        "RESPONSES|{\"conversation\":{\"id\":\"c\"}}|SERVER_STATE",
        "RESPONSES|{\"prompt\":{\"id\":\"p\"}}|SERVER_STATE",
        "COMPLETIONS|{\"prompt\":\"p\"}|none",
        "RESPONSES|{\"input\":[{\"type\":\"item_reference\",\"id\":\"i\"}]}|SERVER_STATE",
        "RESPONSES|{\"tools\":[{\"type\":\"code_interpreter\"}]}|SERVER_TOOLS",
        "RESPONSES|{\"tools\":[{\"type\":\"mcp\"}]}|SERVER_TOOLS",
        "RESPONSES|{\"tools\":[{\"type\":\"web_search\"},{\"type\":\"function\"}]}|none"
      })
  void whatDependsOnTheServiceBypasses(Route route, String body, BypassReason reason) {
    assertEquals(Optional.ofNullable(reason), read(route, body).bypass());
  }

  @Test
  void depthBypassesButTheModelIsStillKnown() {
    String deep = "[".repeat(256) + "]".repeat(256);
    var request = read(Route.MESSAGES, "{\"x\":" + deep + ",\"model\":\"m\",\"stream\":true}");
    assertEquals(Optional.of(BypassReason.TOO_DEEP), request.bypass());
    assertEquals(Optional.of("m"), request.model());
    assertTrue(request.stream());
    assertEquals(
        Optional.empty(), read(Route.MESSAGES, "{\"x\":" + deep.substring(1, 511) + "}").bypass());
  }

  @Test
  void bothWireFormsOfOneRequestShareADigest() {
    var json = read(Route.CHAT_COMPLETIONS, "{\"x\":1}");
    var stream =
        read(
            Route.CHAT_COMPLETIONS,
            "{\"stream_options\":{\"include_usage\":true},\"stream\":true,\"x\":1}");
    assertEquals(json.digest(), stream.digest());
    assertTrue(stream.includeUsage());
    assertNotEquals(
        json.digest(),
        read(
                Route.CHAT_COMPLETIONS,
                "{\"stream_options\":{\"other\":\"{\",\"include_usage\":true},\"x\":1}")
            .digest());
    assertNotEquals(
        read(Route.MESSAGES, "{}").digest(),
        read(Route.MESSAGES, "{\"stream_options\":{}}").digest());
    assertNotEquals(
        read(Route.COUNT_TOKENS, "{}").digest(),
        read(Route.COUNT_TOKENS, "{\"stream\":true}").digest());
  }

  @Property(tries = 1000)
  void anyBytesAreReadWithoutAnException(@ForAll byte[] body) {
    for (Route route : Route.values()) {
      ChatRequest.parse(route, Bytes.copyOf(body), Recipe.BUILT_IN);
    }
  }

  @Property(tries = 500)
  void anyDocumentIsReadWithoutAnExceptionHoweverItIsBroken(@ForAll long seed) {
    var random = new Random(seed);
    var json = new RandomJson(seed);
    byte[] body =
        ("{\"messages\":[{\"content\":["
                + json.write(json.value(3))
                + "]}],\"system\":["
                + json.write(json.value(2))
                + "],\"stream\":"
                + json.write(json.value(1))
                + ",\"stream_options\":"
                + json.write(json.value(2))
                + ",\"tools\":["
                + json.write(json.value(2))
                + "]}")
            .getBytes(StandardCharsets.UTF_8);
    if (random.nextBoolean()) {
      body[random.nextInt(body.length)] = (byte) random.nextInt();
    }
    for (Route route : Route.values()) {
      ChatRequest.parse(route, Bytes.copyOf(body), Recipe.BUILT_IN);
    }
  }

  @Test
  void theMemoAnswersWhatParsingAnswers() {
    var memo = new KeyMemo(100_000);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 300; i++) {
        var body =
            Bytes.utf8("{\"model\":\"m" + i % 100 + "\",\"x\":\"" + "y".repeat(i % 100) + "\"}");
        assertEquals(
            ChatRequest.parse(Route.MESSAGES, body, Recipe.BUILT_IN),
            memo.parse(Route.MESSAGES, body, Recipe.BUILT_IN));
        assertTrue(memo.heldBytes() <= 100_000);
      }
    }
    assertTrue(memo.hits() > 300, () -> "hits " + memo.hits());
  }

  @Test
  void theMemoForgetsWithTheRecipeAndTellsRoutesApart() {
    var memo = new KeyMemo();
    var body = Bytes.utf8("{\"metadata\":1,\"seed\":2,\"store\":true}");
    var builtIn = memo.parse(Route.MESSAGES, body, Recipe.BUILT_IN);
    var recipe = Recipe.of(List.of("/seed"));
    assertNotEquals(builtIn, memo.parse(Route.MESSAGES, body, recipe));
    assertEquals(
        ChatRequest.parse(Route.COMPLETIONS, body, recipe),
        memo.parse(Route.COMPLETIONS, body, recipe));
    assertEquals(0, memo.hits());
    assertEquals(builtIn, memo.parse(Route.MESSAGES, body, Recipe.BUILT_IN));
    assertEquals(0, memo.hits());
  }

  @Test
  void theMemoHoldsNoArrayLargerThanItCounts() {
    var memo = new KeyMemo(10_000);
    var view = Bytes.owned(("{}" + " ".repeat(1 << 20)).getBytes()).slice(0, 2);
    memo.parse(Route.MESSAGES, view, Recipe.BUILT_IN);
    memo.parse(Route.MESSAGES, Bytes.utf8("{}"), Recipe.BUILT_IN);
    assertEquals(1, memo.hits());
    assertTrue(memo.heldBytes() < 1000);
  }
}
