package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.JToken;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The context object and the values that policies leave in it. */
class ContextTest {

  @TestFactory
  Stream<DynamicTest> membersOfTheContextGiveWhatTheHostHas() {
    return Table.of("context", ContextTest::call);
  }

  private static FakeContext call() {
    var context =
        new FakeContext()
            .requestHeaders(
                "X-Team", "red", "Authorization", "Bearer token", "Accept", "*/*", "x-team", "blue")
            .requestBody("{\"a\":{\"b\":5},\"list\":[\"x\"]}")
            .responseBody(404, "{\"error\":\"gone\"}")
            .set("text", "hello")
            .set("number", 7)
            .set("long", 7L)
            .set("flag", true)
            .set("nothing", null)
            .set("json", JToken.parse("{\"k\":\"v\"}"))
            .set("array", JToken.parse("[1,2]"));
    return context.set("answer", context.response);
  }
}
