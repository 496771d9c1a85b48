package io.ccrelay.llm;

import com.fasterxml.jackson.core.JsonFactory;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.ResponsesOptions.ScopeRule;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What finding the key of a request costs: reading the body, remembering that it was read, the
 * fields and the scope around it. {@link #bareSha256} and {@link #jacksonTokens} are the
 * yardsticks: a hash of the raw bytes, and a library's reading of the same body without a canonical
 * form.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class KeyBenchmark {

  /** What the body is. */
  public enum Shape {
    /** A question of 1.5 KB. */
    QUESTION,
    /** A turn of a coding agent of 150 KB, with tools and a history. */
    AGENT,
    /** 20 MB, most of it one image. */
    IMAGE,
    /** 20 MB of small parts. */
    SMALL_PARTS
  }

  /** The body. */
  @Param public Shape shape;

  private final JsonFactory jackson = new JsonFactory();
  private final KeyMemo memo = new KeyMemo();
  private final KeyedFields keyed = new KeyedFields();
  private final ScopeHasher hasher =
      new ScopeHasher(Bytes.utf8("0123456789abcdef0123456789abcdef"));
  private final Fields fields =
      Fields.of(
          "Host", "127.0.0.1:8787",
          "User-Agent", "claude-cli/2.1.69 (external, cli)",
          "Accept", "application/json",
          "Content-Type", "application/json",
          "Content-Length", "1500",
          "Authorization", "Bearer sk-ant-oat01-0123456789abcdef0123456789abcdef0123456789abcdef",
          "anthropic-version", "2023-06-01",
          "anthropic-beta", "oauth-2025-04-20,interleaved-thinking-2025-05-14",
          "X-Stainless-Lang", "js",
          "X-Stainless-Package-Version", "0.74.0",
          "X-Stainless-OS", "Linux",
          "X-Stainless-Arch", "x64",
          "X-Stainless-Runtime", "node",
          "X-Stainless-Retry-Count", "0",
          "X-Stainless-Timeout", "600",
          "x-app", "cli",
          "accept-language", "*",
          "sec-fetch-mode", "cors",
          "accept-encoding", "gzip, deflate");
  private byte[] raw = new byte[0];
  private Bytes body = Bytes.empty();

  /** Builds the body. */
  @Setup
  public void build() {
    String json =
        switch (shape) {
          case QUESTION -> question();
          case AGENT -> agent();
          case IMAGE -> image();
          case SMALL_PARTS -> smallParts();
        };
    raw = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    body = Bytes.owned(raw);
  }

  /** The body becomes a digest. */
  @Benchmark
  public Parsed parse() {
    return ChatRequest.parse(Route.MESSAGES, body, Recipe.BUILT_IN);
  }

  /** The body is known already. */
  @Benchmark
  public Parsed remembered() {
    return memo.parse(Route.MESSAGES, body, Recipe.BUILT_IN);
  }

  /** From the request to its key, the body known. */
  @Benchmark
  public Key wholeKeyRemembered() {
    var request = ((Parsed.Understood) memo.parse(Route.MESSAGES, body, Recipe.BUILT_IN)).request();
    return RequestKey.of(
        io.ccrelay.llm.Scope.of(new ScopeRule.Credential(), fields, "beta=true", hasher),
        "",
        Route.MESSAGES,
        "anthropic",
        "claude-sonnet-4-5",
        keyed.of(fields),
        KeyedFields.query("beta=true"),
        request);
  }

  /** SHA-256 of the raw bytes. */
  @Benchmark
  public byte[] bareSha256() {
    return Sha256.of(raw, 0, raw.length);
  }

  /** Tokens and texts by a library, nothing made of them. */
  @Benchmark
  public int jacksonTokens() throws IOException {
    int characters = 0;
    try (var parser = jackson.createParser(raw)) {
      while (parser.nextToken() != null) {
        characters += parser.getTextLength();
      }
    }
    return characters;
  }

  private static String question() {
    return """
    {"model":"claude-sonnet-4-5","max_tokens":1024,"temperature":0.2,"stream":false,
     "metadata":{"user_id":"user_0123_account_4567_session_89ab"},
     "system":[{"type":"text","text":"You answer briefly.","cache_control":{"type":"ephemeral"}}],
     "messages":[{"role":"user","content":[{"type":"text","text":"%s"}]}]}\
    """
        .formatted("Explain \\\"caching\\\" of answers, please.\\n".repeat(30));
  }

  private static String agent() {
    var json = new StringBuilder("{\"model\":\"claude-opus-4-6\",\"stream\":true,\"tools\":[");
    for (int i = 0; i < 20; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"name\":\"tool")
          .append(i)
          .append("\",\"description\":\"")
          .append("Does something useful.\\n".repeat(60))
          .append(
              "\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\",")
          .append(
              "\"description\":\"A path\"},\"limit\":{\"type\":\"number\"}},\"required\":[\"path\"]}}");
    }
    json.append("],\"messages\":[");
    for (int i = 0; i < 100; i++) {
      json.append(i == 0 ? "" : ",")
          .append(
              "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_")
          .append(i)
          .append("\",\"content\":\"")
          .append("  public static void main(String[] args) {\\n\\t\\\"x\\\"".repeat(20))
          .append("\"}]}");
    }
    return json.append("]}").toString();
  }

  private static String image() {
    return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":"
        + "{\"type\":\"base64\",\"data\":\""
        + "QUJD".repeat(5_000_000)
        + "\"}}]}]}";
  }

  private static String smallParts() {
    var json = new StringBuilder("{\"model\":\"m\",\"messages\":[");
    for (int i = 0; i < 500_000; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"role\":\"user\",\"content\":\"")
          .append(i)
          .append("\"}");
    }
    return json.append("]}").toString();
  }
}
