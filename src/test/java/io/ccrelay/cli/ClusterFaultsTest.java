package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RelayProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scenes of {@code loadtest/ha} with real processes, shortened: each ends with no figure
 * outside its limit. Needs python3, and for {@code split} network namespaces.
 */
@Tag("slow")
@Tag("processes")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClusterFaultsTest {

  private static final long LONGEST_MINUTES = 5;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"kill", "pause", "rolling", "split"})
  void faultsCostNoRequestAndBringNothingBack(String scene) throws Exception {
    Path said = directory.resolve("said");
    var builder = new ProcessBuilder("python3", "loadtest/ha", scene);
    builder.environment().put("HA_SECONDS", "20");
    builder
        .environment()
        .put("HA_RELAY", RelayProcesses.script(directory.resolve("cc-relay")).toString());
    Process process;
    try {
      process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    } catch (IOException missing) {
      Assumptions.abort("no python3: " + missing.getMessage());
      return;
    }
    assertTrue(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES), () -> "hangs: " + read(said));
    assertEquals(0, process.exitValue(), () -> read(said));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      return failure.toString();
    }
  }
}
