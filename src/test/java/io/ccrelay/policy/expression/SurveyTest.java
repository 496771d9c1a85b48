package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.JToken;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Expressions of the kinds that documents in the wild have, one at least for each construct. */
class SurveyTest {

  @TestFactory
  Stream<DynamicTest> constructsThatDocumentsUseAreEvaluated() {
    return Table.of("survey", SurveyTest::call);
  }

  private static FakeContext call() {
    var context =
        new FakeContext()
            .requestHeaders(
                "Authorization", "Bearer aaa.bbb.ccc", "X-Forwarded-For", "203.0.113.5, 10.0.0.1")
            .requestBody("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
            .responseBody(200, "{\"access_token\":\"t\",\"expires_in\":3600}")
            .set("preferences", "none")
            .set("attempt", 2)
            .set(
                "backends",
                JToken.parse(
                    "[{\"url\":\"https://a\",\"throttled\":true,\"retryAfter\":\"2026-03-04T05:06:00Z\"},{\"url\":\"https://b\",\"throttled\":false}]"))
            .set("config", JToken.parse("{\"limits\":{\"gold\":100},\"names\":[\"x\",\"y\"]}"));
    return context.set("tokenResponse", context.response).set("prefsResponse", context.response);
  }
}
