package io.ccrelay.launch;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether somebody is watching. */
public final class Terminal {

  private Terminal() {}

  /** Whether {@code output} ({@code stdout}, {@code stderr} or a file) is a terminal. */
  public static boolean isOutput(String output) {
    return switch (output) {
      case "", "stdout" -> isDescriptor(1);
      case "stderr" -> isDescriptor(2);
      default -> false;
    };
  }

  /** The kernel's word where there is one: {@code System.console()} asks for standard input too. */
  private static boolean isDescriptor(int number) {
    Path descriptor = Path.of("/proc/self/fd/" + number);
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException noSuchSystem) {
      return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
  }
}
