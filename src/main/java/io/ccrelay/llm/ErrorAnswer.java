package io.ccrelay.llm;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.ccrelay.cache.Bytes;
import java.util.Optional;

/**
 * Errors of the relay's own in the words of the caller's dialect, so that client libraries raise
 * the exception they would raise for the provider.
 */
public final class ErrorAnswer {

  private ErrorAnswer() {}

  /** The JSON body of an answer with {@code status}. */
  public static Bytes of(Dialect dialect, int status, String message, Optional<String> requestId) {
    return Bytes.utf8(
        switch (dialect) {
          case ANTHROPIC -> anthropic(status, message, requestId) + "\n";
          case OPENAI -> openai(status, message) + "\n";
        });
  }

  /** The event that ends a stream whose answer broke off. */
  public static Bytes event(Dialect dialect, int status, String message) {
    return Bytes.utf8(
        switch (dialect) {
          case ANTHROPIC ->
              "event: error\ndata: " + anthropic(status, message, Optional.empty()) + "\n\n";
          case OPENAI -> "data: " + openai(status, message) + "\n\n";
        });
  }

  private static String anthropic(int status, String message, Optional<String> requestId) {
    return "{\"type\":\"error\",\"error\":{\"type\":\""
        + anthropicType(status)
        + "\",\"message\":"
        + quoted(message)
        + "}"
        + requestId.map(id -> ",\"request_id\":" + quoted(id)).orElse("")
        + "}";
  }

  private static String openai(int status, String message) {
    return "{\"error\":{\"message\":"
        + quoted(message)
        + ",\"type\":\""
        + openaiType(status)
        + "\",\"param\":null,\"code\":"
        + (status == 401 ? "\"invalid_api_key\"" : "null")
        + "}}";
  }

  private static String anthropicType(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404, 405 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 500 -> "internal_error";
      case 502 -> "api_error";
      case 503 -> "server_busy";
      case 504 -> "timeout_error";
      case 529 -> "overloaded_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }

  private static String openaiType(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }

  private static String quoted(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }
}
