package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static io.ccrelay.proxy.policy.PolicyRelay.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.policy.OperationEntity.Sample;
import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.Waiting;
import org.junit.jupiter.api.Test;

/** Samples that are answered, and tokens that are counted. */
class SamplesAndMetersTest {

  private static final Sample SAMPLE = new Sample(201, "text/x", "an example");

  private static String mocked(String attributes) {
    String document = document("<mock-response " + attributes + " />", "");
    try (var relay = new With(document).sample("o", "/o", SAMPLE).start()) {
      var answer = relay.get("/o");
      return answer.statusCode() + " " + field(answer, "content-type") + " " + answer.body();
    }
  }

  @Test
  void sampleOfTheOperationIsAnswered() {
    assertEquals("201 text/x an example", mocked("status-code=\"201\""));
    assertEquals("201 TEXT/X an example", mocked("status-code=\"201\" content-type=\"TEXT/X\""));
  }

  @Test
  void withoutASampleOfThatStatusAndTypeThereIsNoBody() {
    assertEquals("200  ", mocked(""));
    assertEquals(
        "201 application/json ", mocked("status-code=\"201\" content-type=\"application/json\""));
  }

  @Test
  void tokensOfAnswersAreAMetricByDimensions() {
    String emit =
        """
        <llm-emit-token-metric namespace="shop">
          <dimension name="API ID" />
          <dimension name="team" value="@(context.Request.Headers.GetValueOrDefault("x-team", "none"))" />
        </llm-emit-token-metric>
        """;
    try (var relay = PolicyRelay.under(document(emit, ""))) {
      relay.answers("{\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":12}}");
      for (int i = 0; i < 2; i++) {
        assertEquals(200, relay.ask("POST", "/", "{}", "x-team", "red").statusCode());
      }
      Waiting.until(
          () -> counted(relay, "prompt") == 60 && counted(relay, "completion") == 24,
          () -> counted(relay, "prompt") + " and " + counted(relay, "completion"));
    }
  }

  private static double counted(PolicyRelay relay, String direction) {
    var found =
        relay
            .relay
            .meters
            .registry()
            .find("cc.relay.policy.tokens")
            .tags(
                "namespace", "shop", "direction", direction, "api_id", "web", "custom", "team=red")
            .functionCounter();
    return found == null ? 0 : found.count();
  }
}
