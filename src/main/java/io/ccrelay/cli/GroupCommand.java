package io.ccrelay.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only groups others: alone it prints its help. */
abstract class GroupCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine line = spec.commandLine();
    line.usage(line.getOut());
  }

  /** {@code config}. */
  @Command(
      name = "config",
      footerHeading = "%nExamples:%n",
      footer = {
        "  cc-relay config init",
        "  cc-relay config validate --config relay.yaml",
        "  cc-relay config cc init"
      },
      description = "Make, check and hook up the configuration.")
  static final class Config extends GroupCommand {}

  /** {@code semantic}. */
  @Command(
      name = "semantic",
      footerHeading = "%nExamples:%n",
      footer = {"  cc-relay semantic evaluate pairs.jsonl"},
      description = "Judge answers for similar questions.")
  static final class Semantic extends GroupCommand {}

  /** {@code config cc}. */
  @Command(
      name = "cc",
      footerHeading = "%nExamples:%n",
      footer = {"  cc-relay config cc init", "  cc-relay config cc remove"},
      description = "Point Claude Code at the relay, or away from it.")
  static final class Claude extends GroupCommand {}
}
