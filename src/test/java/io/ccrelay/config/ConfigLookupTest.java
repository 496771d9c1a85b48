package io.ccrelay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLookupTest {

  @TempDir Path directory;
  private Path work;
  private Path home;

  @BeforeEach
  void makeDirectories() throws IOException {
    work = Files.createDirectories(directory.resolve("work"));
    home = Files.createDirectories(directory.resolve("home"));
  }

  @Test
  void placesAreTriedInTheirOrder() throws IOException {
    assertEquals(Optional.empty(), find(Optional.empty(), Map.of()));
    var order =
        List.of(
            home.resolve(".config/cc-relay/config.toml"),
            home.resolve(".config/cc-relay/config.yaml"),
            work.resolve("conf/cc-relay.yaml"),
            work.resolve("config.toml"),
            work.resolve("config.yaml"));
    for (Path file : order) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
      assertEquals(Optional.of(file), find(Optional.empty(), Map.of()));
    }
    var named = Map.of("CC_RELAY_CONFIG", "named.yaml");
    assertEquals(Optional.of(work.resolve("named.yaml")), find(Optional.empty(), named));
    assertEquals(
        Optional.of(work.resolve("given.toml")), find(Optional.of(Path.of("given.toml")), named));
  }

  @Test
  void anEmptyVariableAndADirectoryAreNoFiles() throws IOException {
    Files.createDirectory(work.resolve("config.yaml"));
    assertEquals(Optional.empty(), find(Optional.empty(), Map.of("CC_RELAY_CONFIG", " ")));
  }

  private Optional<Path> find(Optional<Path> explicit, Map<String, String> environment) {
    return ConfigLookup.find(explicit, environment::get, work, home);
  }
}
