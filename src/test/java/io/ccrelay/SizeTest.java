package io.ccrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.SourceMethods.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and methods stay as long as one can read at once. */
class SizeTest {

  private static final int LONGEST_FILE = 400;
  private static final int LONGEST_METHOD = 60;
  private static final int DEEPEST = 4;

  @TempDir Path directory;

  @Test
  void noFileIsLonger() throws IOException {
    assertEquals(List.of(), tooLong(Path.of("src")));
    assertEquals(List.of(), tooLong(Path.of("loadtest")));
  }

  private static List<String> tooLong(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(path -> path.toString().matches(".*\\.(java|py)|loadtest/[a-z]+"))
          .filter(Files::isRegularFile)
          .filter(path -> lines(path) > LONGEST_FILE)
          .map(path -> path + ": " + lines(path))
          .toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void noMethodIsLonger() throws IOException {
    assertEquals(
        List.of(), methods("src/main").stream().filter(it -> it.lines() > LONGEST_METHOD).toList());
  }

  @Test
  void noMethodNestsDeeper() throws IOException {
    assertEquals(
        List.of(), methods("src/main").stream().filter(it -> it.depth() > DEEPEST).toList());
  }

  private static List<Method> methods(String root) throws IOException {
    return SourceMethods.under(Path.of(root));
  }

  @Test
  void linesAreThoseOfTheBodyAndLevelsThoseOfStatements() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("Sample.java"),
            """
            class Sample {
              int none;

              void flat() {}

              int deep(int[] all) {
                for (int one : all) {
                  if (one > 0) {
                    return one;
                  } else if (one < -9) {
                    run(() -> { while (one < 0) { flat(); } });
                  }
                }
                return new Object() { int inner() { return 1; } }.inner();
              }
            }
            """);
    assertEquals(
        List.of(
            new Method(file.toString(), "flat", 1, 0),
            new Method(file.toString(), "inner", 1, 0),
            new Method(file.toString(), "deep", 10, 4)),
        SourceMethods.under(directory));
  }
}
