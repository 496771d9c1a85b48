package io.ccrelay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code config init}. */
@Command(
    name = "init",
    footerHeading = "%nExamples:%n",
    footer = {"  cc-relay config init", "  cc-relay config init --output relay.yaml --force"},
    description = "Write a commented configuration to begin with.")
final class ConfigInitCommand implements Callable<Integer> {

  private static final String TEMPLATE = "/io/ccrelay/conf/cc-relay.yaml";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      description = "Where to, ~/.config/cc-relay/config.yaml by default.")
  private @Nullable Path output;

  @Option(names = "--force", description = "Overwrite a file that exists.")
  private boolean force;

  private final Surroundings surroundings;

  ConfigInitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Path file =
        Optional.ofNullable(output)
            .map(surroundings.workingDirectory()::resolve)
            .orElseGet(() -> surroundings.home().resolve(".config/cc-relay/config.yaml"));
    if (Files.exists(file) && !force) {
      surroundings.say("error: " + file + " exists; --force overwrites it");
      return 1;
    }
    PrivateFile.write(file, template());
    surroundings.say("written: " + file);
    return 0;
  }

  private static String template() throws IOException {
    try (@Nullable InputStream input = ConfigInitCommand.class.getResourceAsStream(TEMPLATE)) {
      if (input == null) {
        throw new IOException("the template is missing from the jar: " + TEMPLATE);
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
