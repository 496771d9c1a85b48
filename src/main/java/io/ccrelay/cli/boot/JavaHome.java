package io.ccrelay.cli.boot;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;

/** An installed Java and its version, as the {@code release} file of its directory states it. */
final class JavaHome {

  private final File directory;
  private final String version;

  private JavaHome(File directory, String version) {
    this.directory = directory;
    this.version = version;
  }

  /** Those of {@code places} with at least the feature release {@code needed}, newest first. */
  static List<JavaHome> find(int needed, List<File> places) {
    List<JavaHome> found = new ArrayList<JavaHome>();
    for (File place : places) {
      for (File home : new File[] {place, new File(place, "Contents/Home")}) {
        String version = versionIn(home);
        if (feature(version) >= needed) {
          found.add(new JavaHome(home, version));
        }
      }
    }
    Collections.sort(
        found,
        new Comparator<JavaHome>() {
          @Override
          public int compare(JavaHome one, JavaHome other) {
            return Integer.compare(feature(other.version), feature(one.version));
          }
        });
    return found;
  }

  /** The feature release of a version text: 8 of {@code 1.8.0_392}, 25 of {@code 25.0.3}. */
  static int feature(String version) {
    String text = version.startsWith("1.") ? version.substring(2) : version;
    int end = 0;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end == 0 || end > 4 ? 0 : Integer.parseInt(text.substring(0, end));
  }

  /** Its version. */
  String version() {
    return version;
  }

  /** Its launcher. */
  String java() {
    return new File(directory, "bin/java").getPath();
  }

  private static String versionIn(File home) {
    File release = new File(home, "release");
    if (!release.isFile()
        || !(new File(home, "bin/java").isFile() || new File(home, "bin/java.exe").isFile())) {
      return "";
    }
    Properties stated = new Properties();
    try (InputStream input = new FileInputStream(release)) {
      stated.load(input);
    } catch (IOException | IllegalArgumentException unreadable) {
      return "";
    }
    return stated.getProperty("JAVA_VERSION", "").replace("\"", "");
  }
}
