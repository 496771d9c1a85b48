package io.ccrelay.proxy;

import static io.ccrelay.testing.Ask.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ccrelay.http.Field;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Scene;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The upstream answers with a digest of everything it received. After a first request has filled
 * the cache, one input at a time is varied: the relay's answer must be the one that the upstream
 * gives directly, unless the input is on the list of those that do not count, and then it must be
 * the stored one.
 */
@DisplayName("A12: every input that is forwarded is part of the key")
class EveryInputCountsTest {

  /** Fields that differ between a direct request and a relayed one by the nature of a relay. */
  private static final Set<String> OF_THE_HOP =
      Set.of("host", "content-length", "accept-encoding", "connection", "via");

  private static Scene scene;
  private static Ask direct;

  /** A request. */
  private record Input(String path, JsonObject body, Map<String, String> fields) {

    Input with(String pointer, Object value) {
      var copy = body.copy();
      List<String> steps = List.of(pointer.substring(1).split("/"));
      Object at = copy;
      for (String step : steps.subList(0, steps.size() - 1)) {
        at =
            at instanceof JsonArray array
                ? array.getValue(Integer.parseInt(step))
                : ((JsonObject) at).getValue(step);
      }
      if (at instanceof JsonArray array) {
        array.set(Integer.parseInt(steps.getLast()), value);
      } else if (value == null) {
        ((JsonObject) at).remove(steps.getLast());
      } else {
        ((JsonObject) at).put(steps.getLast(), value);
      }
      return new Input(path, copy, fields);
    }

    Input field(String name, String value) {
      var copy = new LinkedHashMap<>(fields);
      copy.put(name, value);
      return new Input(path, body, copy);
    }

    Input at(String otherPath) {
      return new Input(otherPath, body, fields);
    }

    HttpResponse<String> sent(Ask ask) {
      var lines = new ArrayList<String>();
      fields.forEach((name, value) -> lines.addAll(List.of(name, value)));
      return ask.post(path, body.encode(), lines.toArray(String[]::new));
    }
  }

  private record Variation(String name, Input base, Input varied) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Map<String, String> FIELDS =
      Map.of("x-api-key", "k", "anthropic-version", "2023-06-01", "user-agent", "test/1");

  private static final Input MESSAGES =
      new Input(
          "/v1/messages",
          new JsonObject(
              """
              {"model":"claude-x","max_tokens":64,"temperature":0.5,"top_p":0.9,"top_k":5,
               "stop_sequences":["a","b"],"service_tier":"auto","inference_geo":"eu","speed":"fast",
               "system":[{"type":"text","text":"Be brief."}],"thinking":{"type":"enabled","budget_tokens":1024},
               "tools":[{"name":"f","description":"d","input_schema":{"type":"object","properties":{
                 "cache_control":{"type":"string"}}}}],
               "tool_choice":{"type":"auto"},"output_config":{"effort":"low"},
               "context_management":{"edits":[]},
               "messages":[{"role":"user","content":[{"type":"text","text":"hi"},
                 {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]},
                {"role":"assistant","content":[{"type":"tool_use","id":"toolu_9","name":"f","input":{"n":1}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_9","content":"r","is_error":false}]}]}
              """),
          FIELDS);

  private static final Input CHAT =
      new Input(
          "/v1/chat/completions",
          new JsonObject(
              """
              {"model":"gpt-x","temperature":0.5,"top_p":0.9,"n":1,"seed":7,"stop":["a"],
               "presence_penalty":0.1,"frequency_penalty":0.2,"logit_bias":{"5":1},"logprobs":true,
               "top_logprobs":2,"max_tokens":5,"max_completion_tokens":6,"reasoning_effort":"low",
               "verbosity":"low","modalities":["text"],"service_tier":"auto","store":false,
               "parallel_tool_calls":true,"response_format":{"type":"text"},
               "prediction":{"type":"content","content":"x"},"web_search_options":{},
               "tools":[{"type":"function","function":{"name":"f","parameters":{}}}],"tool_choice":"auto",
               "messages":[{"role":"system","content":"s"},{"role":"user","content":"hi","name":"u"}]}
              """),
          FIELDS);

  private static final Input COMPLETIONS =
      new Input(
          "/v1/completions",
          new JsonObject("{\"model\":\"gpt-x\",\"prompt\":\"p\",\"suffix\":\"s\",\"best_of\":1}"),
          FIELDS);

  private static final Input RESPONSES =
      new Input(
          "/v1/responses",
          new JsonObject(
              """
              {"model":"gpt-x","instructions":"i","input":[{"role":"user","content":"hi"}],
               "max_output_tokens":9,"reasoning":{"effort":"low"},"text":{"format":{"type":"text"}},
               "truncation":"auto","include":[],"metadata":{"a":"b"},"user":"u"}\
              """),
          FIELDS);

  private static final Input EMBEDDINGS =
      new Input(
          "/v1/embeddings",
          new JsonObject(
              "{\"model\":\"e\",\"input\":[\"a\",\"b\"],\"dimensions\":3,\"encoding_format\":\"float\"}"),
          FIELDS);

  private static final Input COUNT_TOKENS =
      new Input(
          "/v1/messages/count_tokens",
          new JsonObject("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
          FIELDS);

  @BeforeAll
  static void start() {
    scene = Scene.of("");
    scene.upstream.always(EveryInputCountsTest::digest);
    direct = new Ask(scene.upstream.origin());
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  static Stream<Variation> inputsThatCount() {
    var all = new ArrayList<Variation>();
    for (Input base : List.of(MESSAGES, CHAT, COMPLETIONS, RESPONSES, EMBEDDINGS, COUNT_TOKENS)) {
      for (String member : base.body().fieldNames()) {
        all.add(changed(base, "/" + member, other(base.body().getValue(member))));
        all.add(changed(base, "/" + member, null));
      }
      all.add(changed(base, "/a_new_member", 1));
      for (String query : List.of("?a=1", "?beta=false", "?", "?%41=1")) {
        all.add(new Variation(base.path() + " " + query, base, base.at(base.path() + query)));
      }
      for (var field :
          List.of(
              new Field("anthropic-version", "2026-10-21"),
              new Field("anthropic-beta", "b1"),
              new Field("openai-beta", "b1"),
              new Field("openai-organization", "o"),
              new Field("openai-project", "p"),
              new Field("accept", "text/plain"),
              new Field("content-type", "application/json; charset=iso-8859-1"),
              new Field("x-unknown", "1"),
              new Field("anthropic-dangerous-direct-browser-access", "true"),
              new Field("x-api-key", "other"),
              new Field("cookie", "a=b"))) {
        all.add(
            new Variation(
                base.path() + " " + field.name(), base, base.field(field.name(), field.value())));
      }
    }
    for (var nested :
        List.of(
            "/messages/0/role",
            "/messages/0/content/0/text",
            "/messages/0/content/1/source/data",
            "/messages/0/content/1/source/media_type",
            "/messages/1/content/0/input/n",
            "/messages/1/content/0/input/cache_control",
            "/messages/2/content/0/tool_use_id",
            "/messages/2/content/0/is_error",
            "/system/0/text",
            "/tools/0/name",
            "/tools/0/description",
            "/tools/0/input_schema/properties/cache_control",
            "/thinking/budget_tokens",
            "/stop_sequences/0")) {
      all.add(changed(MESSAGES, nested, "other"));
    }
    for (var nested :
        List.of("/messages/1/content", "/messages/1/name", "/tools/0/function/name", "/stop/0")) {
      all.add(changed(CHAT, nested, "other"));
    }
    all.add(changed(MESSAGES, "/max_tokens", 64.5));
    all.add(changed(MESSAGES, "/max_tokens", "64"));
    all.add(changed(MESSAGES, "/system/0/text", "Be brief.\u200b"));
    all.add(changed(MESSAGES, "/messages/0/content/0/text", "e\u0301"));
    all.add(
        new Variation(
            "the order of messages",
            EMBEDDINGS,
            EMBEDDINGS.with("/input", new JsonArray(List.of("b", "a")))));
    return all.stream();
  }

  /** What is forwarded and does not count: the recipe, and fields of the program and the way. */
  static Stream<Variation> inputsThatDoNotCount() {
    var all = new ArrayList<Variation>();
    for (var field :
        List.of(
            new Field("accept-language", "de"),
            new Field("user-agent", "test/2"),
            new Field("accept", "text/event-stream, application/json;q=0.5"),
            new Field("content-type", "application/json; charset=utf-8"),
            new Field("x-stainless-retry-count", "1"),
            new Field("x-stainless-timeout", "600"),
            new Field("x-claude-code-session-id", "s"),
            new Field("traceparent", "00-1-2-00"),
            new Field("idempotency-key", "i"),
            new Field("x-request-id", "r"),
            new Field("origin", "https://a"),
            new Field("referer", "https://a/b"),
            new Field("sec-fetch-mode", "cors"),
            new Field("priority", "u=1"))) {
      all.add(new Variation(field.name(), MESSAGES, MESSAGES.field(field.name(), field.value())));
    }
    all.add(new Variation("?beta=true", MESSAGES, MESSAGES.at("/v1/messages?beta=true")));
    for (String member : List.of("/metadata", "/user_profile_id", "/diagnostics")) {
      all.add(changed(MESSAGES, member, new JsonObject().put("user_id", "u")));
    }
    for (String marked :
        List.of("", "/system/0", "/tools/0", "/messages/0/content/0", "/messages/2/content/0")) {
      all.add(
          changed(MESSAGES, marked + "/cache_control", new JsonObject().put("type", "ephemeral")));
    }
    for (String member : List.of("/metadata", "/user", "/safety_identifier", "/prompt_cache_key")) {
      all.add(changed(CHAT, member, "x"));
    }
    all.add(changed(RESPONSES, "/prompt_cache_key", "x"));
    return all.stream();
  }

  private static Variation changed(Input base, String pointer, Object value) {
    return new Variation(
        base.path() + " " + pointer + "=" + value, base, base.with(pointer, value));
  }

  /** Something else of the same kind. */
  private static Object other(Object value) {
    return switch (value) {
      case String text -> text + "2";
      case Number number -> number.doubleValue() + 1;
      case Boolean flag -> !flag;
      case JsonArray array -> array.copy().add("more");
      case JsonObject object -> object.copy().put("more", 1);
      default -> throw new AssertionError(value);
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputsThatCount")
  void anInputThatCounts(Variation one) {
    one.base().sent(scene.ask);
    assertEquals("hit", outcome(one.base().sent(scene.ask)));
    assertEquals(one.varied().sent(direct).body(), one.varied().sent(scene.ask).body());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputsThatDoNotCount")
  void anInputOnTheList(Variation one) {
    String stored = one.base().sent(scene.ask).body();
    assertNotEquals(stored, one.varied().sent(direct).body(), "it is forwarded");
    var answer = one.varied().sent(scene.ask);
    assertEquals("hit", outcome(answer));
    assertEquals(stored, answer.body());
  }

  private static void digest(FakeUpstream.Seen seen, HttpServerResponse response) {
    String fields =
        seen.fields().lines().stream()
            .map(line -> line.name().toLowerCase(Locale.ROOT) + ": " + line.value())
            .filter(line -> !OF_THE_HOP.contains(line.substring(0, line.indexOf(':'))))
            .sorted()
            .collect(Collectors.joining("\n"));
    String all = seen.method() + " " + seen.uri() + "\n" + fields + "\n\n" + seen.sha256();
    String digest = FakeUpstream.sha256(all.getBytes(StandardCharsets.UTF_8));
    response.putHeader("content-type", "application/json").end(answer(seen.uri(), digest));
  }

  /** An answer of the path's own kind, complete, that says {@code digest}. */
  private static String answer(String uri, String digest) {
    String path = uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
    return switch (path) {
      case "/v1/messages" -> io.ccrelay.testing.Chats.message(digest);
      case "/v1/messages/count_tokens" ->
          "{\"input_tokens\":" + Long.parseLong(digest.substring(0, 12), 16) + "}";
      case "/v1/embeddings" ->
          "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[1]}],"
              + "\"model\":\""
              + digest
              + "\"}";
      case "/v1/responses" ->
          """
          {"id":"resp_1","object":"response","status":"completed","error":null,"model":"g","output":[
          {"id":"m","type":"message","status":"completed","role":"assistant","content":
          [{"type":"output_text","text":"%s","annotations":[]}]}],"usage":{"input_tokens":3,"output_tokens":5}}\
          """
              .formatted(digest);
      case "/v1/completions" ->
          """
          {"id":"c","object":"text_completion","created":1,"model":"g","choices":[{"index":0,"text":"%s",
          "finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}\
          """
              .formatted(digest);
      default ->
          """
          {"id":"c","object":"chat.completion","created":1,"model":"g","choices":[{"index":0,"message":
          {"role":"assistant","content":"%s"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,
          "completion_tokens":1}}\
          """
              .formatted(digest);
    };
  }
}
