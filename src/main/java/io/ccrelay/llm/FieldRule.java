package io.ccrelay.llm;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How a request field enters a key; the table is in {@link KeyedFields}. */
enum FieldRule {
  /** As it is. */
  KEYED,
  /** Not at all. */
  IGNORED,
  /** As a set of the members of a comma list. */
  SET,
  /** Only if it is not JSON in UTF-8. */
  MEDIA_TYPE,
  /** Only if neither JSON nor an event stream is acceptable. */
  ACCEPT;

  private static final Set<String> IGNORED_NAMES =
      Set.of(
          ("accept-encoding accept-language b3 baggage cache-control cdn-loop cf-aig-metadata"
                  + " cf-aig-skip-cache connection content-length conversation_id date dnt expect forwarded"
                  + " helicone-request-id helicone-user-id host http2-settings idempotency-key keep-alive origin originator pragma priority"
                  + " proxy-connection referer sentry-trace session_id te traceparent tracestate"
                  + " trailer transfer-encoding upgrade user-agent via x-amzn-trace-id"
                  + " x-client-request-id x-cloud-trace-context x-correlation-id"
                  + " x-portkey-metadata x-portkey-trace-id x-real-ip x-request-id")
              .split(" "));

  private static final List<String> IGNORED_PREFIXES =
      List.of(
          "cf-aig-cache-",
          "helicone-cache-",
          "helicone-property-",
          "helicone-session-",
          "sec-",
          "x-b3-",
          "x-cc-relay-",
          "x-claude-code-",
          "x-codex-",
          "x-datadog-",
          "x-forwarded-",
          "x-openrouter-cache",
          "x-portkey-cache-",
          "x-stainless-");

  private static final Set<String> ACCEPTABLE =
      Set.of("*/*", "application/*", "application/json", "text/*", "text/event-stream");

  /** The rule for a name in lower case. */
  static FieldRule of(String name) {
    return switch (name) {
      case "anthropic-beta", "openai-beta" -> SET;
      case "content-type" -> MEDIA_TYPE;
      case "accept" -> ACCEPT;
      default -> ignores(name) ? IGNORED : KEYED;
    };
  }

  /**
   * Whether no key tells requests apart that differ in the field {@code name}, in lower case,
   * though an answer may depend on it. Upstreams are asked for identity coding only, a scope stands
   * for credentials, and {@code origin} decides who may read an answer, not what it says.
   */
  static boolean hides(String name) {
    return ignores(name)
        && !Credentials.isCredential(name)
        && !name.equals("accept-encoding")
        && !name.equals("origin");
  }

  /** Whether a line with {@code value} enters the key. */
  boolean keeps(String value) {
    return switch (this) {
      case KEYED, SET -> true;
      case IGNORED -> false;
      case MEDIA_TYPE -> !isUtf8Json(value);
      case ACCEPT -> !acceptsEither(value);
    };
  }

  private static boolean ignores(String name) {
    return IGNORED_NAMES.contains(name)
        || Credentials.isCredential(name)
        || IGNORED_PREFIXES.stream().anyMatch(name::startsWith);
  }

  private static boolean isUtf8Json(String value) {
    if (value.equals("application/json")) {
      return true;
    }
    String plain = value.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "");
    return plain.equals("application/json") || plain.equals("application/json;charset=utf-8");
  }

  private static boolean acceptsEither(String value) {
    if (value.equals("application/json") || value.equals("*/*")) {
      return true;
    }
    for (String range : value.toLowerCase(Locale.ROOT).split(",", -1)) {
      int semicolon = range.indexOf(';');
      String type = (semicolon < 0 ? range : range.substring(0, semicolon)).strip();
      if (ACCEPTABLE.contains(type)) {
        return true;
      }
    }
    return false;
  }
}
