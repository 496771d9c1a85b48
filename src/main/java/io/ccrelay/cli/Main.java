package io.ccrelay.cli;

import io.ccrelay.launch.LogSetup;
import io.ccrelay.launch.VertxFactory;

/** The program on a suitable Java; the jar begins in {@link io.ccrelay.cli.boot}. */
public final class Main {

  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    VertxFactory.prepareProcess();
    int code = CommandTree.of(Surroundings.ofProcess()).execute(args);
    LogSetup.stop();
    System.exit(code);
  }
}
