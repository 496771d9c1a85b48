package io.ccrelay.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of the lines of a file. Confined to one context. */
final class FillSummary {

  private static final int MOST_ERRORS = 20;

  private final Map<String, Integer> refused = new TreeMap<>();
  private final JsonArray errors = new JsonArray();
  private int lines;
  private int stored;
  private int invalid;

  /**
   * Counts line {@code number}.
   *
   * @param reason empty if it was stored, else why not
   * @param failure what was wrong with the line, if it could not be read
   */
  void count(int number, @Nullable String reason, @Nullable Throwable failure) {
    lines++;
    if (failure != null) {
      invalid++;
      tell(number, said(failure));
    } else if (reason == null || reason.isEmpty()) {
      stored++;
    } else {
      refused.merge(reason, 1, Integer::sum);
      tell(number, reason);
    }
  }

  private void tell(int number, String why) {
    if (errors.size() < MOST_ERRORS) {
      errors.add(new JsonObject().put("line", number).put("why", why));
    }
  }

  /** Only the checks of lines say what may be told. */
  private static String said(Throwable failure) {
    return failure instanceof IllegalArgumentException wrong
        ? String.valueOf(wrong.getMessage())
        : "it cannot be read";
  }

  int lines() {
    return lines;
  }

  int stored() {
    return stored;
  }

  JsonObject report() {
    var reasons = new JsonObject();
    refused.forEach(reasons::put);
    return new JsonObject()
        .put("lines", lines)
        .put("stored", stored)
        .put("invalid", invalid)
        .put("refused", reasons)
        .put("errors", errors);
  }
}
