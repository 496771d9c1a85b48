package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import java.util.List;

/** The replies that the gateway makes up itself: its texts in one place. */
final class Replies {

  static final String RATE_LIMIT = "Rate limit is exceeded.";
  static final String RATE_LIMIT_RETRY = "Rate limit is exceeded. Try again in %d seconds.";
  static final String TOKEN_LIMIT_RETRY = "Token limit is exceeded. Try again in %d seconds.";
  static final String TOKEN_QUOTA = "Token quota is exceeded.";
  static final String CALL_QUOTA = "Out of call volume quota.";
  static final String BANDWIDTH_QUOTA = "Out of bandwidth quota.";
  static final String REPLENISHED = " Quota will be replenished in %02d:%02d:%02d.";
  static final String INTERNAL = "Internal server error";

  private Replies() {}

  /** An error with the body that the gateway gives to all of its own. */
  static Response error(int status, String message) {
    String body = "{ \"statusCode\": " + status + ", \"message\": \"" + escaped(message) + "\" }";
    var fields = Fields.of(List.of(new Field("Content-Type", "application/json")));
    return Response.whole(status, fields, Bytes.utf8(body));
  }

  static Response internal() {
    return error(500, INTERNAL);
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ') {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
