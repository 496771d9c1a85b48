package io.ccrelay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The settings file of Claude Code, as text in and text out: two variables of its {@code env} are
 * set or removed, everything else keeps its place and value.
 */
final class ClaudeSettings {

  static final String URL = "ANTHROPIC_BASE_URL";
  static final String TOKEN = "ANTHROPIC_AUTH_TOKEN";

  /** What the relay takes for "no credential of its own", and never forwards. */
  static final String PLACEHOLDER = "managed-by-cc-relay";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ClaudeSettings() {}

  /** {@code settings} with the relay at {@code url}. */
  static String pointedAt(String url, String settings) {
    ObjectNode root = parse(settings);
    JsonNode env = root.get("env");
    if (env != null && !env.isObject()) {
      throw new IllegalArgumentException("env is not an object");
    }
    ObjectNode variables = env instanceof ObjectNode present ? present : root.putObject("env");
    variables.put(URL, url);
    variables.put(TOKEN, PLACEHOLDER);
    return print(root);
  }

  /** {@code settings} without the relay. */
  static String released(String settings) {
    ObjectNode root = parse(settings);
    if (root.get("env") instanceof ObjectNode variables) {
      variables.remove(URL);
      variables.remove(TOKEN);
      if (variables.isEmpty()) {
        root.remove("env");
      }
    }
    return print(root);
  }

  private static ObjectNode parse(String settings) {
    if (settings.isBlank()) {
      return JSON.createObjectNode();
    }
    try {
      if (JSON.readTree(settings) instanceof ObjectNode root) {
        return root;
      }
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("not JSON: " + malformed.getOriginalMessage());
    }
    throw new IllegalArgumentException("not a JSON object");
  }

  private static String print(ObjectNode root) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
