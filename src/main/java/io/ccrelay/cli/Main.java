package io.ccrelay.cli;

import io.ccrelay.launch.LogSetup;
import io.ccrelay.launch.VertxFactory;
import java.io.ObjectInputFilter;

/** The program on a suitable Java; the jar begins in {@link io.ccrelay.cli.boot}. */
public final class Main {

  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    refuseSerialization();
    VertxFactory.prepareProcess();
    int code = CommandTree.of(Surroundings.ofProcess()).execute(args);
    LogSetup.stop();
    System.exit(code);
  }

  /** Nothing is read by Java serialisation, whatever a peer sends and however this was started. */
  private static void refuseSerialization() {
    if (ObjectInputFilter.Config.getSerialFilter() == null) {
      ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter("!*"));
    }
  }
}
