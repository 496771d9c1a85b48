package io.ccrelay.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of {@code serve}, understood with and without the command's name. */
final class ServeOptions {

  @Option(
      names = {"--config", "-conf"},
      paramLabel = "FILE",
      description = "Configuration file, YAML or TOML.")
  private @Nullable Path config;

  @Option(
      names = {"--cluster", "-cluster"},
      description = "Join the cluster of cache.mode: ha.")
  private boolean cluster;

  @Option(
      names = {"--instances", "-instances"},
      paramLabel = "N",
      description = "Verticles that answer requests; one for each event loop by default.")
  private @Nullable Integer instances;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      completionCandidates = Levels.class,
      description = "debug, info, warn or error, whatever the file says.")
  private @Nullable String logLevel;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      completionCandidates = Formats.class,
      description = "json, console, text or pretty, whatever the file says.")
  private @Nullable String logFormat;

  @Option(names = "--debug", description = "The same as --log-level debug.")
  private boolean debug;

  /** What completion offers. */
  static final class Levels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("debug", "info", "warn", "error").iterator();
    }
  }

  /** What completion offers. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("json", "console", "text", "pretty").iterator();
    }
  }

  /** These flags where given, those of {@code other} elsewhere. */
  ServeOptions or(ServeOptions other) {
    var both = new ServeOptions();
    both.config = config == null ? other.config : config;
    both.cluster = cluster || other.cluster;
    both.instances = instances == null ? other.instances : instances;
    both.logLevel = logLevel == null ? other.logLevel : logLevel;
    both.logFormat = logFormat == null ? other.logFormat : logFormat;
    both.debug = debug || other.debug;
    return both;
  }

  Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  boolean cluster() {
    return cluster;
  }

  OptionalInt instances() {
    return instances == null ? OptionalInt.empty() : OptionalInt.of(instances);
  }

  Optional<String> logLevel() {
    return debug ? Optional.of("debug") : Optional.ofNullable(logLevel);
  }

  Optional<String> logFormat() {
    return Optional.ofNullable(logFormat);
  }
}
