package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartNeededTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server: {listen: '127.0.0.1:1'} | server.listen",
        "server: {enable_http2: true} | server.enable_http2",
        "cache: {deadline: 5ms} | cache",
        "management: {listen: ''} | management",
      })
  void whatIsReadOnceIsNamed(String yaml, String name) {
    List<String> names = RestartNeeded.names(ConfigLoader.defaults(), parse(yaml));
    assertEquals(1, names.size(), names.toString());
    assertTrue(names.getFirst().startsWith(name), names.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logging: {level: debug}",
        "server: {max_body_bytes: 1000}",
        "cache: {responses: {ttl: 1m}}",
        "routing: {debug: true}",
      })
  void whatIsReadForEveryRequestIsNot(String yaml) {
    assertEquals(List.of(), RestartNeeded.names(ConfigLoader.defaults(), parse(yaml)));
  }

  @Test
  void everySecretOfAConfigurationIsProtected() {
    var config =
        parse(
            """
            server: {auth: {api_key: relay-key-1, bearer_secret: relay-secret-2, allow_bearer: true}}
            management: {token: management-token-3}
            providers:
              - {name: a, type: anthropic, enabled: true, keys: [{key: provider-key-4}]}
            """);
    assertEquals(
        List.of("relay-key-1", "relay-secret-2", "management-token-3", "provider-key-4"),
        Secrets.of(config));
  }

  private static RelayConfig parse(String yaml) {
    return switch (ConfigLoader.parse("test.yaml", yaml, name -> null)) {
      case ConfigResult.Loaded loaded -> loaded.config();
      case ConfigResult.Invalid invalid ->
          throw new IllegalArgumentException(invalid.problems().toString());
    };
  }
}
