package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What {@code loadtest/run soak} takes for growth: the tests beside that program. Needs python3.
 */
class SoakJudgementTest {

  @Test
  void growthIsToldFromNoise() throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-B", "loadtest/memory_test.py")
              .redirectErrorStream(true)
              .start();
    } catch (IOException missing) {
      Assumptions.abort("no python3: " + missing.getMessage());
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }
}
