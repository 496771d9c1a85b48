package io.ccrelay.testing;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one format of this project's sources, google-java-format. Runs in the build's JDK, so that
 * the check works whatever JDK Maven itself runs on.
 */
public final class SourceFormat {

  private SourceFormat() {}

  /** Rewrites every source in place: {@code mvn -Pformat test-compile}. */
  public static void main(String[] args) throws IOException, FormatterException {
    for (Path source : sources()) {
      String text = Files.readString(source);
      String formatted = formatted(text);
      if (!formatted.equals(text)) {
        Files.writeString(source, formatted);
        System.out.println("formatted " + source);
      }
    }
  }

  /** All Java sources of the project. */
  public static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** {@code text} as it should be. */
  public static String formatted(String text) throws FormatterException {
    String ordered = ImportOrderer.reorderImports(text, Style.GOOGLE);
    return new Formatter().formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
  }
}
