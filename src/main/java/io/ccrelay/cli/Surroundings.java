package io.ccrelay.cli;

import io.ccrelay.launch.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The process a command runs in.
 *
 * @param environment gives null for unset variables
 * @param workingDirectory relative names count from here
 * @param home the user's directory
 * @param out standard output
 * @param err standard error
 * @param colours whether {@code out} is a terminal that shows colours, and nobody asked for none
 */
record Surroundings(
    UnaryOperator<@Nullable String> environment,
    Path workingDirectory,
    Path home,
    PrintWriter out,
    PrintWriter err,
    boolean colours) {

  static Surroundings ofProcess() {
    @Nullable String home = System.getenv("HOME");
    return new Surroundings(
        System::getenv,
        Path.of("").toAbsolutePath(),
        Path.of(home == null || home.isEmpty() ? System.getProperty("user.home", ".") : home),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        Terminal.isOutput("stdout") && wantsColours(System::getenv));
  }

  /** The customs: NO_COLOR, whatever it says, and terminals that are dumb. */
  static boolean wantsColours(UnaryOperator<@Nullable String> environment) {
    @Nullable String none = environment.apply("NO_COLOR");
    return (none == null || none.isEmpty()) && !"dumb".equals(environment.apply("TERM"));
  }

  /** The same in which the variable {@code name} is {@code value}. */
  Surroundings with(String name, String value) {
    return new Surroundings(
        asked -> name.equals(asked) ? value : environment.apply(asked),
        workingDirectory,
        home,
        out,
        err,
        colours);
  }

  /** Says {@code line} to the user; results of commands, unlike messages, go to {@link #out}. */
  void say(String line) {
    err.println(line);
  }
}
