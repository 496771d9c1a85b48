package io.ccrelay.cli.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"1.8.0_392,8", "11.0.2,11", "17,17", "25.0.3,25", "26-ea,26", "unknown,0", "'',0"})
  void theFeatureReleaseIsReadFromAnyVersionText(String version, int feature) {
    assertEquals(feature, JavaHome.feature(version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Boot", "JavaHome"})
  void anOldJavaCanLoadTheEntryPoint(String name) throws IOException {
    try (var input = new DataInputStream(Boot.class.getResourceAsStream(name + ".class"))) {
      assertEquals(0xCAFEBABE, input.readInt());
      input.readUnsignedShort();
      assertEquals(52, input.readUnsignedShort(), "class file version of Java 8");
    }
  }

  @Test
  void theNewestSuitableJavaIsNamedInOneLine() throws IOException {
    var found =
        JavaHome.find(
            25,
            List.of(
                java("a", "17.0.1").toFile(),
                java("b", "25.0.3").toFile(),
                java("c", "26.0.1").toFile(),
                directory.resolve("missing").toFile()));
    assertEquals(2, found.size());
    String line = Boot.complaint("17.0.15", found);
    assertTrue(line.contains("needs Java 25") && line.contains("this is Java 17.0.15"), line);
    assertTrue(line.contains(directory.resolve("c/bin/java").toString()), line);
    assertEquals(1, line.lines().count());
  }

  @Test
  void aDirectoryWithoutALauncherIsNoJava() throws IOException {
    Path home = Files.createDirectories(directory.resolve("half"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    assertTrue(JavaHome.find(25, List.of(home.toFile())).isEmpty());
    assertFalse(Boot.complaint("11", List.of()).isEmpty());
  }

  private Path java(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(home.resolve("bin/java"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
