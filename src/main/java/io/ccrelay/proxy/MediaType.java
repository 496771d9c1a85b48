package io.ccrelay.proxy;

import io.ccrelay.http.Fields;
import java.util.Locale;

/**
 * The two media types of LLM answers, exact since client libraries compare them so, and their
 * coding.
 */
final class MediaType {

  static final String JSON = "application/json";
  static final String EVENT_STREAM = "text/event-stream";

  private MediaType() {}

  /** Whether {@code fields} announce a content coding, so that nothing can be read or put in. */
  static boolean isEncoded(Fields fields) {
    return fields
        .first("content-encoding")
        .filter(coding -> !coding.strip().equalsIgnoreCase("identity"))
        .isPresent();
  }

  /** Whether {@code fields} announce a stream of events, parameters ignored. */
  static boolean isEventStream(Fields fields) {
    return fields
        .first("content-type")
        .map(type -> type.trim().toLowerCase(Locale.ROOT).startsWith(EVENT_STREAM))
        .orElse(false);
  }
}
