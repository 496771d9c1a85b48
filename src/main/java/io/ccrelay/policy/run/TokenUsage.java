package io.ccrelay.policy.run;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.JArray;
import io.ccrelay.policy.expression.value.JObject;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tokens that an answer states to have used. */
record TokenUsage(long prompt, long completion) {

  private static final Pattern USAGE = Pattern.compile("\"usage\"\\s*:\\s*\\{");

  /** About four characters are a token. */
  private static final int CHARACTERS_A_TOKEN = 4;

  /** What an image costs at most, where it has to be estimated. */
  private static final int IMAGE = 1200;

  long counted(boolean promptCounts) {
    return completion + (promptCounts ? prompt : 0);
  }

  /** The last statement of usage in the end of an answer, whole or a stream. */
  static Optional<TokenUsage> inTail(String tail) {
    Matcher matcher = USAGE.matcher(tail);
    int last = -1;
    while (matcher.find()) {
      last = matcher.end() - 1;
    }
    return last < 0 ? Optional.empty() : read(balanced(tail, last));
  }

  /** The object that begins at {@code from}; usage holds no braces in texts. */
  private static String balanced(String text, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return text.substring(from, i + 1);
      }
    }
    return "";
  }

  private static Optional<TokenUsage> read(String json) {
    if (!(parsed(json) instanceof JObject usage)) {
      return Optional.empty();
    }
    long prompt = number(usage, "prompt_tokens") + number(usage, "input_tokens");
    long completion = number(usage, "completion_tokens") + number(usage, "output_tokens");
    return Optional.of(new TokenUsage(prompt, completion));
  }

  static @Nullable JToken parsed(String json) {
    try {
      return json.isBlank() ? null : JToken.parse(json);
    } catch (ClrException malformed) {
      return null;
    }
  }

  private static long number(JObject object, String name) {
    return object.get(name) instanceof JValue value && value.value() instanceof Number number
        ? number.longValue()
        : 0;
  }

  /** Tokens of the prompt in a request of a chat, a completion or embeddings, estimated. */
  static long estimate(@Nullable JToken request) {
    if (!(request instanceof JObject object)) {
      return 0;
    }
    long characters = 0;
    for (String name :
        new String[] {"messages", "prompt", "input", "system", "instructions", "tools"}) {
      characters += characters(object.get(name));
    }
    return Math.ceilDiv(characters, CHARACTERS_A_TOKEN);
  }

  private static long characters(@Nullable JToken token) {
    return switch (token) {
      case JValue value -> value.value() instanceof String text ? text.length() : 0;
      case JArray array -> array.children().stream().mapToLong(TokenUsage::characters).sum();
      case JObject object ->
          isImage(object)
              ? (long) IMAGE * CHARACTERS_A_TOKEN
              : object.properties().stream().mapToLong(p -> characters(p.value())).sum();
      case null, default -> 0;
    };
  }

  private static boolean isImage(JObject object) {
    return object.get("type") instanceof JValue type
        && String.valueOf(type.value()).contains("image");
  }

  static boolean isStream(@Nullable JToken request) {
    return request instanceof JObject object
        && object.get("stream") instanceof JValue stream
        && Boolean.TRUE.equals(stream.value());
  }
}
