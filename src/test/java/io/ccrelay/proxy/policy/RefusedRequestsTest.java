package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.proxy.policy.PolicyRelay.With;
import org.junit.jupiter.api.Test;

/** Requests that the gateway itself refuses are {@code on-error}'s as well. */
class RefusedRequestsTest {

  private static final String TOLD =
      "<set-header name=\"Told\"><value>@(context.LastError.Source + \"|\" + context.LastError.Reason)</value></set-header>";

  private static String document(String onError) {
    return PolicyRelay.document("", "<forward-request />", "", onError);
  }

  @Test
  void noOperationIsToldToOnError() {
    try (var relay = new With(document(TOLD)).operation("get", "GET", "/items/{id}").start()) {
      var answer = relay.get("/other");
      assertEquals(404, answer.statusCode());
      assertEquals("{ \"statusCode\": 404, \"message\": \"Resource not found\" }", answer.body());
      assertEquals("configuration|OperationNotFound", field(answer, "Told"));
      assertEquals(0, relay.backend.calls());
    }
  }

  @Test
  void onErrorMayAnswerInstead() {
    String instead =
        "<choose><when condition=\"@(context.LastError.Reason == \"OperationNotFound\")\"><return-response><set-status code=\"405\" reason=\"Method not allowed\" /></return-response></when></choose>";
    try (var relay = new With(document(instead)).operation("get", "GET", "/items/{id}").start()) {
      assertEquals(405, relay.ask("DELETE", "/items/1", "").statusCode());
    }
  }

  @Test
  void missingAndUnknownKeysAreToldToOnError() {
    try (var relay = new With(document(TOLD)).subscribersOnly().start()) {
      relay.answers("in");
      var missing = relay.get("/");
      assertEquals(401, missing.statusCode());
      assertEquals("authorization|SubscriptionKeyNotFound", field(missing, "Told"));
      var unknown = relay.get("/", "Ocp-Apim-Subscription-Key", "nobody's");
      assertEquals(401, unknown.statusCode());
      assertEquals("authorization|SubscriptionKeyInvalid", field(unknown, "Told"));
      assertEquals(200, relay.get("/", "Ocp-Apim-Subscription-Key", PolicyRelay.KEY).statusCode());
      assertEquals(1, relay.backend.calls());
    }
  }
}
