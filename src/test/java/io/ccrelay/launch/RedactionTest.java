package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @AfterEach
  void forget() {
    Redaction.protect(List.of());
  }

  @Test
  void configuredSecretsAreMaskedWhereverTheyStand() {
    Redaction.protect(List.of("plain-looking-secret", "plain-looking-secret-2"));
    assertEquals(
        "a *** b *** c", Redaction.apply("a plain-looking-secret b plain-looking-secret-2 c"));
  }

  @Test
  void secretsTooShortToBeMeantAreNotMasked() {
    Redaction.protect(List.of("", "a", "test"));
    assertEquals("a test passed", Redaction.apply("a test passed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-api-key: CANARY-0123456789",
        "X-API-Key=CANARY-0123456789",
        "Authorization: Bearer CANARY-0123456789",
        "authorization: bearer CANARY-0123456789",
        "Authorization: Basic CANARY0123456789",
        "GET /v1/models?api-key=CANARY-0123456789&x=1",
        "the key sk-ant-api03-CANARY-0123456789 was refused"
      })
  void whatLooksLikeACredentialIsMasked(String line) {
    assertFalse(Redaction.apply(line).contains("CANARY"), Redaction.apply(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request served in 3 ms",
        "the task-runner skipped it",
        "basic facts",
        "no x-api-key was sent",
        "bearer of news"
      })
  void ordinaryLinesStay(String line) {
    assertEquals(line, Redaction.apply(line));
  }
}
