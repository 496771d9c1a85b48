package io.ccrelay.cli;

import io.ccrelay.demo.Demo;
import io.ccrelay.launch.LogSetup;
import io.ccrelay.launch.LoggingOptions;
import io.ccrelay.launch.StopSignals;
import io.ccrelay.launch.Terminal;
import io.ccrelay.launch.VertxFactory;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}. */
@Command(
    name = "demo",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cc-relay demo                     # goes on until Ctrl-C, the dashboard is live",
      "  cc-relay demo --once --requests 1000"
    },
    description = "Show the relay at work between a simulated provider and its clients.")
final class DemoCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);
  private static final Duration LONGEST_START = Duration.ofSeconds(30);
  private static final Duration LONGEST_RUN = Duration.ofMinutes(3);

  @Option(names = "--once", description = "Exit after the table.")
  private boolean once;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests to send (default: ${DEFAULT-VALUE}).")
  private int requests = 400;

  private final Surroundings surroundings;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (requests < 1) {
      surroundings.say("error: --requests: " + requests + " (expected: at least 1)");
      return 1;
    }
    // A busy machine would put warnings of loops without processor time between the figures.
    LogSetup.apply(new LoggingOptions("error", "pretty", "stderr", true));
    Vertx vertx = VertxFactory.create();
    try {
      Demo demo = Waiting.on(Demo.start(vertx), LONGEST_START);
      return show(demo);
    } catch (ExecutionException failure) {
      surroundings.say("error: " + Failures.oneLine(Failures.cause(failure)));
      return 1;
    } finally {
      Waiting.toClose(vertx);
    }
  }

  private int show(Demo demo) throws InterruptedException, ExecutionException {
    print("A simulated provider and cc-relay are up on loopback; 8 clients send " + requests);
    print("requests (JSON and streams, Anthropic and OpenAI) and check every answer.");
    print("Watch them: " + demo.managementUrl() + "/");
    print("");
    Demo.Result result = run(demo);
    result.table().forEach(this::print);
    print("");
    if (result.wrong() > 0) {
      surroundings.say("error: wrong answers: " + result.wrong());
      return 1;
    }
    print("Dashboard: " + demo.managementUrl() + "/");
    print("Point a client at it: export ANTHROPIC_BASE_URL=" + demo.relayUrl());
    if (!once) {
      untilStopped(demo);
    }
    return 0;
  }

  private Demo.Result run(Demo demo) throws InterruptedException, ExecutionException {
    if (!Terminal.isOutput("stderr")) {
      return Waiting.on(demo.run(requests, () -> {}), LONGEST_RUN);
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("requests")
            .setInitialMax(requests)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(100)
            .build()) {
      return Waiting.on(demo.run(requests, bar::step), LONGEST_RUN);
    }
  }

  private void untilStopped(Demo demo) throws InterruptedException {
    print("(the simulated provider answers, the clients go on asking; Ctrl-C ends)");
    demo.goOn();
    var stop = new CountDownLatch(1);
    StopSignals.handle(() -> demo.stop().onComplete(_ -> stop.countDown()));
    stop.await();
    LOG.debug("stopped");
  }

  private void print(String line) {
    surroundings.out().println(line);
  }
}
