package io.ccrelay.cli.boot;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Starts the program on a suitable Java, and names one where this Java is too old. */
public final class Boot {

  private static final int NEEDED = 25;

  private Boot() {}

  /** Runs the command line, or says in one line why it cannot and exits with 1. */
  public static void main(String[] args) throws Throwable {
    String running = System.getProperty("java.version", "unknown");
    if (JavaHome.feature(running) < NEEDED) {
      System.err.println(complaint(running, JavaHome.find(NEEDED, places())));
      System.exit(1);
    }
    try {
      Class.forName("io.ccrelay.cli.Main")
          .getMethod("main", String[].class)
          .invoke(null, (Object) args);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  static String complaint(String running, List<JavaHome> found) {
    String need = "cc-relay needs Java " + NEEDED + " or newer, this is Java " + running;
    if (found.isEmpty()) {
      return need + "; no suitable one was found";
    }
    JavaHome best = found.get(0);
    return need + "; Java " + best.version() + " is here: " + best.java() + " -jar " + jar();
  }

  private static String jar() {
    try {
      return new File(
              Boot.class.getProtectionDomain().getCodeSource().getLocation().toURI().getPath())
          .getCanonicalPath();
    } catch (IOException | URISyntaxException | SecurityException notKnown) {
      return "cc-relay.jar";
    }
  }

  private static List<File> places() {
    List<File> homes = new ArrayList<File>();
    for (String name : new String[] {"JAVA_HOME", "JAVA_25_HOME", "JAVA25_HOME", "JDK_HOME"}) {
      String home = System.getenv(name);
      if (home != null && !home.isEmpty()) {
        homes.add(new File(home));
      }
    }
    String user = System.getProperty("user.home", "");
    String[] parents = {
      "/usr/lib/jvm",
      "/usr/java",
      "/opt/java",
      "/opt",
      "/Library/Java/JavaVirtualMachines",
      "/opt/homebrew/opt",
      user + "/.sdkman/candidates/java",
      user + "/.jdks",
      user + "/.local/share/mise/installs/java",
      "C:\\Program Files\\Java",
      "C:\\Program Files\\Eclipse Adoptium"
    };
    for (String parent : parents) {
      File[] children = new File(parent).listFiles();
      if (children != null) {
        Collections.addAll(homes, children);
      }
    }
    return homes;
  }
}
