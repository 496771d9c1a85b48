package io.ccrelay.config;

import io.ccrelay.policy.PolicyText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the files a configuration names: documents, fragments, secrets. Remembers what they held,
 * so that a change of any of them is a change of the configuration. Confined to the reading thread;
 * blocks.
 */
final class PolicyFiles {

  private final Path directory;
  private final Map<Path, String> fingerprints = new HashMap<>();

  /**
   * Reads files.
   *
   * @param configuration the file whose directory relative names are below
   */
  PolicyFiles(String configuration) {
    Path parent = Path.of(configuration).toAbsolutePath().getParent();
    this.directory = parent == null ? Path.of("") : parent;
  }

  /** The document or fragment in the file that the setting names; a problem if it has none. */
  Optional<PolicyText> document(Section section, String key) {
    if (!section.has(key)) {
      return Optional.empty();
    }
    String name = section.text(key, "");
    return Optional.of(
        new PolicyText(shown(name), content(section, key, name).orElse("<policies/>")));
  }

  /** The first line of the file that the setting names. */
  Optional<String> line(Section section, String key) {
    return content(section, key, section.text(key, "")).flatMap(text -> text.lines().findFirst());
  }

  /** What the file holds that the setting names. */
  Optional<String> text(Section section, String key) {
    return content(section, key, section.text(key, ""));
  }

  /** What every file read so far held, by its path. */
  Map<Path, String> fingerprints() {
    return Map.copyOf(fingerprints);
  }

  private Optional<String> content(Section section, String key, String name) {
    Optional<Path> path = path(name);
    if (path.isEmpty()) {
      section.problem(key, "must name a file");
      return Optional.empty();
    }
    ConfigFile.Contents contents = ConfigFile.read(path.get());
    fingerprints.put(path.get(), contents.fingerprint());
    return switch (contents) {
      case ConfigFile.Contents.Text text -> Optional.of(text.text());
      case ConfigFile.Contents.Unreadable unreadable -> {
        section.problem(key, "the file " + shown(name) + " " + unreadable.reason());
        yield Optional.empty();
      }
    };
  }

  private Optional<Path> path(String name) {
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(directory.resolve(name).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private String shown(String name) {
    return path(name).map(Path::toString).orElse(name);
  }
}
