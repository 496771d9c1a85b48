package io.ccrelay.cassette;

import io.ccrelay.cache.Key;
import io.ccrelay.llm.Recipe;
import io.ccrelay.llm.RequestParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Recorded exchanges, in memory and in a file of lines of JSON. Of several answers to one question
 * the last counts. Safe for use from any thread; opening and adding wait for the file.
 */
public final class Cassette {

  /** Largest file, bytes: all of it is held in memory. */
  static final long LARGEST = 512L << 20;

  private final Path file;
  private final Recipe recipe;
  private final CassetteOptions.Mode mode;
  private final Map<Key, Take> takes = new ConcurrentHashMap<>();

  private Cassette(Path file, Recipe recipe, CassetteOptions.Mode mode) {
    this.file = file;
    this.recipe = recipe;
    this.mode = mode;
  }

  /**
   * Reads the cassette of {@code options}; one that is to be recorded need not be there yet.
   *
   * @param ignored JSON pointers to parts of a request that make no difference
   * @throws IOException if it cannot be read, naming the line
   */
  public static Cassette open(CassetteOptions options, List<String> ignored) throws IOException {
    var cassette = new Cassette(Path.of(options.file()), Recipe.of(ignored), options.mode());
    cassette.read();
    return cassette;
  }

  private void read() throws IOException {
    if (mode != CassetteOptions.Mode.REPLAY && !Files.exists(file)) {
      create();
      return;
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + ": larger than " + LARGEST + " bytes");
    }
    int number = 0;
    try (var lines = Files.newBufferedReader(file)) {
      String line;
      while ((line = lines.readLine()) != null) {
        number++;
        if (!line.isBlank()) {
          Take take = TakeLine.decode(line, recipe);
          takes.put(take.question().key(), take);
        }
      }
    } catch (IllegalArgumentException wrong) {
      throw new IOException(file + ":" + number + ": " + wrong.getMessage(), wrong);
    }
  }

  /** Prompts are nobody else's business. */
  private void create() throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var ownerOnly = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
    } else {
      Files.createFile(file);
    }
  }

  CassetteOptions.Mode mode() {
    return mode;
  }

  Recipe recipe() {
    return recipe;
  }

  /** Number of questions it has an answer to. */
  public int size() {
    return takes.size();
  }

  Optional<Take> find(Key key) {
    return Optional.ofNullable(takes.get(key));
  }

  /**
   * In which parts {@code asked} differs from the question most like it; empty if there is none.
   */
  Optional<List<String>> nearest(RequestParts asked) {
    return takes.values().stream()
        .map(take -> take.question().parts())
        .max(Comparator.comparingInt(asked::likeness))
        .map(asked::differences);
  }

  /** Adds {@code take}, one caller after the other. */
  synchronized void add(Take take) throws IOException {
    Files.writeString(
        file,
        TakeLine.encode(take, recipe),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    takes.put(take.question().key(), take);
  }
}
