package io.ccrelay.llm;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which fields of a provider's answer belong to the answer and which to one past exchange.
 *
 * <p>Never stored or replayed: framing and connection fields, {@code date}, {@code set-cookie},
 * content coding (bodies are stored identity-coded), timings and traces, request ids (each hit gets
 * a fresh one, the original travels beside it), and every rate-limit or retry field: they describe
 * a moment that is over, and clients throttle on them. {@code cache-control}, {@code age}, {@code
 * expires}, {@code pragma} and {@code vary} are the relay's own to state.
 */
public final class ReplayFields {

  private static final Set<String> PAST =
      Set.of(
          "age",
          "alt-svc",
          "cache-control",
          "cache-status",
          "connection",
          "content-encoding",
          "content-length",
          "date",
          "etag",
          "expires",
          "keep-alive",
          "last-modified",
          "nel",
          "openai-processing-ms",
          "pragma",
          "proxy-authenticate",
          "proxy-connection",
          "report-to",
          "request-id",
          "retry-after",
          "retry-after-ms",
          "server-timing",
          "set-cookie",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "vary",
          "via",
          "x-request-id",
          "x-should-retry");

  private static final List<String> PAST_PREFIXES =
      List.of(
          "anthropic-ratelimit-", "x-ratelimit-", "ratelimit", "cf-", "x-envoy-", "x-cc-relay-");

  private ReplayFields() {}

  /** The fields of {@code answer} that are stored with it. */
  public static Fields stored(Fields answer) {
    return answer.without(ReplayFields::isPast);
  }

  /** The id the provider gave the exchange, under the name its dialect uses. */
  public static String originRequestId(Fields answer) {
    return answer.first("request-id").or(() -> answer.first("x-request-id")).orElse("");
  }

  private static boolean isPast(Field line) {
    String name = line.name().toLowerCase(Locale.ROOT);
    return PAST.contains(name) || PAST_PREFIXES.stream().anyMatch(name::startsWith);
  }
}
