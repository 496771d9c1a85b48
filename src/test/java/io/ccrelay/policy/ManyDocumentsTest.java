package io.ccrelay.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A thousand documents are read within the five seconds they may take. */
class ManyDocumentsTest {

  private static final List<String> EXAMPLES =
      List.of(
          "apim-rate-limit-protection.xml", "apim-response-caching.xml", "apim-value-caching.xml");

  @Test
  void aThousandDocumentsAreReadInFiveSeconds() throws IOException {
    var texts = new ArrayList<String>();
    for (String example : EXAMPLES) {
      texts.add(Files.readString(Path.of("src/test/resources/examples", example)));
    }
    var apis = new ArrayList<ApiEntity>();
    for (int i = 0; i < 1000; i++) {
      var text = new PolicyText("p" + i + ".xml", texts.get(i % texts.size()));
      apis.add(
          new ApiEntity(
              "a" + i,
              "a" + i,
              "1",
              "/" + i,
              "http://b",
              List.of(),
              Optional.of(text),
              false,
              KeyNames.DEFAULTS));
    }
    var options =
        new GatewayOptions(
            "s",
            Optional.empty(),
            apis,
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            false,
            Profile.DEFAULTS,
            new IdentityOptions.None(),
            Optional.empty(),
            Map.of());
    PolicySet policies = assertTimeout(Duration.ofSeconds(5), () -> PolicySet.of(options));
    assertEquals(true, policies.api("a999").isPresent());
  }
}
