package io.ccrelay.policy.run;

import io.ccrelay.policy.expression.value.JArray;
import io.ccrelay.policy.expression.value.JObject;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words of a request to a language model apart from all else that it says, in the forms of
 * chats, messages, responses and completions. Only texts can be compared: a request with tools,
 * images or calls has no dialogue, nor has one whose answer streams.
 *
 * @param lines who said what, in order
 * @param system what the system is told beside the lines
 * @param rest everything else, in one spelling
 */
record Dialogue(List<Line> lines, List<Line> system, String rest) {

  private static final Set<String> SPEAKERS = Set.of("system", "developer", "user", "assistant");
  private static final Set<String> TEXTS = Set.of("text", "input_text", "output_text");
  private static final List<String> SPOKEN = List.of("messages", "input", "prompt");
  private static final List<String> TOLD = List.of("system", "instructions");

  /** What one of them said. */
  record Line(String role, String text) {}

  /** What is no text. */
  private static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unfit() {
      super("no text", null, false, false);
    }
  }

  Dialogue {
    lines = List.copyOf(lines);
    system = List.copyOf(system);
  }

  /** The dialogue in {@code body}, if all of it is text. */
  static Optional<Dialogue> of(String body) {
    if (!(TokenUsage.parsed(body) instanceof JObject request)
        || TokenUsage.isStream(request)
        || hasAny(request.get("tools"))
        || hasAny(request.get("functions"))) {
      return Optional.empty();
    }
    try {
      var lines = new ArrayList<Line>();
      SPOKEN.forEach(name -> spoken(request.get(name), lines));
      var system = new ArrayList<Line>();
      for (String name : TOLD) {
        JToken told = request.get(name);
        if (!isNothing(told)) {
          system.add(new Line("system", text(told)));
        }
      }
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(new Dialogue(lines, system, rest(request)));
    } catch (Unfit noText) {
      return Optional.empty();
    }
  }

  /** The lines that are compared. */
  List<Line> compared(boolean ignoreSystem) {
    var all = new ArrayList<Line>(system);
    all.addAll(lines);
    all.removeIf(line -> ignoreSystem && line.role().equals("system"));
    return all;
  }

  private static boolean hasAny(@Nullable JToken token) {
    return token instanceof JArray array && !array.children().isEmpty();
  }

  private static boolean isNothing(@Nullable JToken token) {
    return token == null || (token instanceof JValue value && value.value() == null);
  }

  private static void spoken(@Nullable JToken token, List<Line> lines) {
    if (token instanceof JArray array) {
      array.children().forEach(item -> lines.add(line(item)));
    } else if (!isNothing(token)) {
      lines.add(new Line("user", text(token)));
    }
  }

  private static Line line(JToken item) {
    if (!(item instanceof JObject message)
        || !(message.get("role") instanceof JValue role)
        || !SPEAKERS.contains(String.valueOf(role.value()))
        || hasAny(message.get("tool_calls"))
        || !isNothing(message.get("function_call"))) {
      throw new Unfit();
    }
    return new Line(String.valueOf(role.value()), text(message.get("content")));
  }

  private static String text(@Nullable JToken content) {
    return switch (content) {
      case JValue value when value.value() instanceof String text -> text;
      case JArray parts ->
          parts.children().stream().map(Dialogue::part).collect(Collectors.joining("\n"));
      case null, default -> throw new Unfit();
    };
  }

  private static String part(JToken part) {
    if (part instanceof JObject object
        && object.get("type") instanceof JValue type
        && TEXTS.contains(String.valueOf(type.value()))
        && object.get("text") instanceof JValue text
        && text.value() instanceof String words) {
      return words;
    }
    throw new Unfit();
  }

  private static String rest(JObject request) {
    var rest = new TreeMap<String, String>();
    request.properties().stream()
        .filter(member -> !SPOKEN.contains(member.name()) && !TOLD.contains(member.name()))
        .forEach(member -> rest.put(member.name(), member.value().toJson(false)));
    return rest.toString();
  }
}
