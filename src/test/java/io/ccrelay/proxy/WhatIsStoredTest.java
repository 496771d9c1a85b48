package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.field;
import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.event;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Scene;
import io.ccrelay.testing.Streams;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of all an upstream may answer, only complete successes are stored. */
@DisplayName("A14: which answers are stored")
class WhatIsStoredTest {

  private static final String STORED = "stored";
  private static final String GOOD = message("Hello");
  private static final String CHAT =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-x","choices":[{"index":0,
      "message":{"role":"assistant","content":"Hello","refusal":null},"finish_reason":"stop"}],
      "usage":{"prompt_tokens":3,"completion_tokens":5,"total_tokens":8}}\
      """;
  private static final String RESPONSE =
      """
      {"id":"resp_1","object":"response","created_at":1,"status":"completed","error":null,"model":"g",
      "output":[{"id":"m","type":"message","status":"completed","role":"assistant","content":
      [{"type":"output_text","text":"Hello","annotations":[]}]}],"usage":{"input_tokens":3,
      "output_tokens":5}}\
      """;

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static Scene scene;

  /** An answer and what becomes of it. */
  private record Case(
      String name, String path, String expected, int status, String body, String... fields) {
    @Override
    public String toString() {
      return name + ": " + expected;
    }
  }

  private record Flow(String name, boolean stored, FakeUpstream.Answer answer) {
    @Override
    public String toString() {
      return name + ": " + (stored ? STORED : "not stored");
    }
  }

  @BeforeAll
  static void start() {
    scene = Scene.of("cache: {responses: {streaming: true, max_entry_bytes: 64KiB}}");
  }

  @AfterAll
  static void stop() {
    scene.relay.awaitIdle();
    scene.close();
  }

  static Stream<Case> wholeAnswers() {
    return Stream.of(
        messages("a complete message", STORED, 200, GOOD),
        messages("400", "status", 400, error("invalid_request_error")),
        messages("401", "status", 401, error("authentication_error")),
        messages("403", "status", 403, error("permission_error")),
        messages("404", "status", 404, error("not_found_error")),
        messages("413", "status", 413, error("request_too_large")),
        messages("429", "status", 429, error("rate_limit_error"), "retry-after", "7"),
        messages("500", "status", 500, error("api_error")),
        messages("503", "status", 503, ""),
        messages("529", "status", 529, error("overloaded_error")),
        messages("201", "status", 201, GOOD),
        messages("206", "status", 206, GOOD, "content-range", "bytes 0-1/9"),
        messages("302", "status", 302, "", "location", "/elsewhere"),
        messages("307", "status", 307, "", "location", "http://127.0.0.1:1/"),
        messages("a cookie is left out, the message kept", STORED, 200, GOOD, "set-cookie", "a=b"),
        messages("no-store", "no-store", 200, GOOD, "cache-control", "no-store, max-age=3"),
        messages("private belongs to its scope", STORED, 200, GOOD, "cache-control", "private"),
        messages("already expired for HTTP caches", STORED, 200, GOOD, "expires", "0"),
        messages("varies on everything", "vary", 200, GOOD, "vary", "*"),
        messages("varies on the language", "vary", 200, GOOD, "vary", "Accept-Language"),
        messages("varies on the program", "vary", 200, GOOD, "vary", "origin, USER-AGENT"),
        messages("varies on what is in the key", STORED, 200, GOOD, "vary", "anthropic-beta"),
        messages("varies on the coding", STORED, 200, GOOD, "vary", "accept-encoding, origin"),
        messages("text", "content-type", 200, GOOD, "content-type", "text/plain"),
        messages("HTML", "content-type", 200, "<html>", "content-type", "text/html"),
        messages("compressed", "encoded", 200, "\u001f\u008b", "content-encoding", "gzip"),
        messages("an error in a success", "error", 200, error("overloaded_error")),
        messages("half a message", "unreadable", 200, GOOD.substring(0, 90)),
        messages("no body", "unreadable", 200, ""),
        messages("an array", "unreadable", 200, "[" + GOOD + "]"),
        messages("refused", "refusal", 200, stop("refusal")),
        messages("cut at the limit", "truncated", 200, stop("max_tokens")),
        messages("cut at the window", "truncated", 200, stop("model_context_window_exceeded")),
        messages("paused", "paused", 200, stop("pause_turn")),
        messages("an unknown end", "stop-reason", 200, stop("a_new_one")),
        messages("a stop sequence", STORED, 200, stop("stop_sequence")),
        messages("a tool call", "tool-use", 200, tool()),
        messages("nothing said", "empty", 200, GOOD.replaceAll("\\[.*?]", "[]")),
        messages("blanks", "empty", 200, message(" ")),
        messages(
            "a container",
            "server-state",
            200,
            GOOD.replace("\"id\"", "\"container\":{\"id\":\"c\"},\"id\"")),
        messages("too large", "too-large", 200, message("x".repeat(70_000))),
        new Case("a chat", "/v1/chat/completions", STORED, 200, CHAT),
        chat("cut at the limit", "truncated", "\"stop\"", "\"length\""),
        chat("filtered", "content-filter", "\"stop\"", "\"content_filter\""),
        chat("declined", "refusal", "\"refusal\":null", "\"refusal\":\"no\""),
        chat("an error", "error", "{\"id\"", "{\"error\":{\"message\":\"x\"},\"id\""),
        new Case("a response", "/v1/responses", STORED, 200, RESPONSE),
        new Case(
            "a response that failed",
            "/v1/responses",
            "error",
            200,
            RESPONSE.replace("\"completed\",\"error\"", "\"failed\",\"error\"")),
        new Case(
            "a count of tokens", "/v1/messages/count_tokens", STORED, 200, "{\"input_tokens\":17}"),
        new Case(
            "no embeddings",
            "/v1/embeddings",
            "empty",
            200,
            "{\"object\":\"list\",\"data\":[],\"model\":\"e\"}"));
  }

  private static Case messages(
      String name, String expected, int status, String body, String... fields) {
    return new Case(name, "/v1/messages", expected, status, body, fields);
  }

  private static Case chat(String name, String expected, String from, String to) {
    return new Case(name, "/v1/chat/completions", expected, 200, CHAT.replace(from, to));
  }

  private static String error(String type) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"m\"}}";
  }

  private static String stop(String reason) {
    return GOOD.replace("end_turn", reason);
  }

  private static String tool() {
    return GOOD.replace("end_turn", "tool_use")
        .replace(
            "}],\"stop",
            "},{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{}}],\"stop");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeAnswers")
  void ofWholeAnswers(Case one) {
    scene.upstream.always((seen, response) -> {
      response.setStatusCode(one.status()).putHeader("content-type", "application/json");
      for (int i = 0; i < one.fields().length; i += 2) {
        response.putHeader(one.fields()[i], one.fields()[i + 1]);
      }
      response.end(Buffer.buffer(one.body(), "ISO-8859-1"));
    });
    String prompt = "q" + COUNT.incrementAndGet();
    var first = scene.ask.post(one.path(), ask(prompt), "x-api-key", "k");
    assertEquals(one.status(), first.statusCode());
    assertEquals(
        one.expected().equals(STORED)
            ? "cc-relay; fwd=uri-miss; stored"
            : "cc-relay; fwd=uri-miss; detail=" + one.expected(),
        field(first, "cache-status"));
    assertEquals(one.expected().equals(STORED), isStored(one.path(), ask(prompt)));
  }

  static Stream<Flow> streams() {
    List<String> good = events("a", "b");
    return Stream.of(
        flow("a complete stream", true, good),
        flow("with pings and comments", true, with(good, 2, event("ping", "{}") + ": c\n\n")),
        flow("without its end", false, good.subList(0, good.size() - 1)),
        flow("with nothing in it", false, List.of()),
        flow("cut within its last event", false, cutShort(good)),
        flow("with an error in it", false, with(good, 3, event("error", error("api_error")))),
        flow("cut at the limit", false, replaced(good, "end_turn", "max_tokens")),
        flow("refused", false, replaced(good, "end_turn", "refusal")),
        flow("two messages", false, with(good, good.size(), String.join("", good))),
        flow("something behind the end", false, with(good, good.size(), good.get(2))),
        flow("no JSON in an event", false, with(good, 2, event("content_block_delta", "{"))),
        flow("too large", false, events("x".repeat(40_000), "y".repeat(40_000))),
        flow("a tool call", false, List.of(Streams.read("anthropic-tool-use").toUtf8())),
        flow("thinking", true, List.of(Streams.read("anthropic-thinking").toUtf8())),
        new Flow("ended by reset", false, FakeUpstream.cut("text/event-stream", join(good))),
        headed("no-store", false, "cache-control", "no-store"),
        headed("no-cache, as services send it", true, "cache-control", "no-cache"),
        headed("another status", false, ":status", "203"),
        headed("varies on everything", false, "vary", "*"),
        headed("with its length", true, "content-length", Integer.toString(join(good).length())),
        new Flow("compressed", false, WhatIsStoredTest::compressed));
  }

  private static Flow flow(String name, boolean stored, List<String> events) {
    return new Flow(name, stored, FakeUpstream.events(events));
  }

  private static Flow headed(String name, boolean stored, String field, String value) {
    return new Flow(
        name,
        stored,
        (seen, response) -> {
          response.putHeader("content-type", "text/event-stream").setChunked(true);
          if (field.equals(":status")) {
            response.setStatusCode(Integer.parseInt(value));
          } else {
            response.setChunked(!field.equals("content-length")).putHeader(field, value);
          }
          response.end(join(events("a", "b")));
        });
  }

  private static void compressed(FakeUpstream.Seen seen, HttpServerResponse response) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(join(events("a", "b")).getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    response
        .putHeader("content-type", "text/event-stream")
        .putHeader("content-encoding", "gzip")
        .end(Buffer.buffer(bytes.toByteArray()));
  }

  private static String join(List<String> events) {
    return String.join("", events);
  }

  private static List<String> with(List<String> events, int at, String event) {
    return Stream.of(events.subList(0, at), List.of(event), events.subList(at, events.size()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> cutShort(List<String> events) {
    String all = join(events);
    return List.of(all.substring(0, all.length() - 1));
  }

  private static List<String> replaced(List<String> events, String from, String to) {
    return events.stream().map(event -> event.replace(from, to)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void ofStreams(Flow flow) throws IOException {
    scene.upstream.always(flow.answer());
    String prompt = "s" + COUNT.incrementAndGet();
    try (var body = scene.ask.open("/v1/messages", askStream(prompt), "x-api-key", "k").body()) {
      body.readAllBytes();
    } catch (IOException brokenOff) {
      assertTrue(!flow.stored(), "broken off");
    }
    scene.relay.awaitIdle();
    assertEquals(flow.stored(), isStored("/v1/messages", askStream(prompt)));
    assertEquals(flow.stored(), isStored("/v1/messages", ask(prompt)));
  }

  private static boolean isStored(String path, String body) {
    var again = scene.ask.post(path, body, "x-api-key", "k", "cache-control", "only-if-cached");
    assertTrue(again.statusCode() == 200 || again.statusCode() == 504);
    return again.statusCode() == 200;
  }
}
