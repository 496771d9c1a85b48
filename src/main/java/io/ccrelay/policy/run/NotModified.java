package io.ccrelay.policy.run;

import io.ccrelay.http.CacheControl;
import io.ccrelay.http.CacheRequest;
import io.ccrelay.http.Conditions;
import io.ccrelay.http.Fields;
import io.ccrelay.http.HttpKey;
import io.ccrelay.http.StoredResponse;
import java.util.Optional;

/** Callers that have what is stored already get 304 (RFC 9110 section 15.4.5). */
final class NotModified {

  private NotModified() {}

  static void apply(Conversation conversation) {
    Response response = conversation.response();
    if (!conversation.hit() || response.statusCode() != 200) {
      return;
    }
    Fields asked = conversation.request().headers();
    var request =
        new CacheRequest(
            "GET",
            HttpKey.of("http", "localhost", "/"),
            asked,
            CacheControl.ofRequest(asked),
            false);
    var stored =
        new StoredResponse(
            200,
            response.headers(),
            Fields.none(),
            conversation.timestamp(),
            conversation.timestamp(),
            response.held().size(),
            Optional.empty(),
            false);
    if (Conditions.isNotModified(request, stored)) {
      conversation.response(Response.of(304, Conditions.notModified(response.headers())));
    }
  }
}
