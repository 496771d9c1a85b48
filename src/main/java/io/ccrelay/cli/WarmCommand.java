package io.ccrelay.cli;

import io.ccrelay.cli.warm.WarmFile;
import io.ccrelay.cli.warm.WarmRun;
import io.ccrelay.launch.Terminal;
import io.ccrelay.launch.VertxFactory;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code warm}: asks a running relay everything in a file, so that its cache is filled. */
@Command(
    name = "warm",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cc-relay warm requests.jsonl -H \"x-api-key: sk-ant-...\"",
      "  cc-relay warm requests.jsonl --concurrency 8 --rate 20",
      "  cc-relay warm requests.jsonl --restart --json"
    },
    description = {
      "Fill the cache of a running relay by asking it the requests of a file.",
      "Each line of FILE is a JSON object: {\"path\": \"/v1/messages\", \"headers\": {...}, \"body\": {...}}.",
      "A run that broke off goes on where it stopped (FILE.done notes where)."
    })
final class WarmCommand implements Callable<Integer> {

  private static final Duration LONGEST_RUN = Duration.ofHours(24);

  @Parameters(paramLabel = "FILE", description = "Requests, one JSON object a line.")
  private Path file = Path.of("");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The relay (default: ${DEFAULT-VALUE}).")
  private String url = "http://127.0.0.1:8787";

  @Option(
      names = {"--header", "-H"},
      paramLabel = "NAME: VALUE",
      description = "A field for every request that does not have it, such as the credential.")
  private String[] headers = {};

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Requests at a time (default: ${DEFAULT-VALUE}).")
  private int concurrency = 4;

  @Option(names = "--rate", paramLabel = "N", description = "Most requests a second.")
  private double rate;

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "Longest wait for an answer.")
  private int timeout = 600;

  @Option(names = "--restart", description = "Begin anew, whatever was done before.")
  private boolean restart;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  private final Surroundings surroundings;

  WarmCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path requests = surroundings.workingDirectory().resolve(file);
    if (concurrency < 1 || rate < 0 || timeout < 1) {
      surroundings.say("error: --concurrency and --timeout must be positive, --rate not negative");
      return 1;
    }
    Vertx vertx = VertxFactory.create();
    try {
      if (restart) {
        Files.deleteIfExists(new WarmFile(requests).note());
      }
      return run(vertx, requests);
    } catch (ExecutionException | IOException | WarmFile.BadLineException failure) {
      surroundings.say("error: " + Failures.oneLine(failure));
      return 1;
    } finally {
      Waiting.toClose(vertx);
    }
  }

  private int run(Vertx vertx, Path requests)
      throws InterruptedException, ExecutionException, IOException, WarmFile.BadLineException {
    var options = new WarmRun.Options(url, fields(), concurrency, rate, timeout * 1000L);
    WarmRun.Summary summary;
    if (Terminal.isOutput("stderr")) {
      try (ProgressBar bar = bar()) {
        WarmRun run = WarmRun.of(vertx, options, requests, bar::step);
        bar.maxHint(run.left());
        summary = Waiting.on(run.run(), LONGEST_RUN);
      }
    } else {
      summary = Waiting.on(WarmRun.of(vertx, options, requests, () -> {}).run(), LONGEST_RUN);
    }
    print(summary);
    return summary.failed() == 0 ? 0 : 1;
  }

  private static ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("requests")
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(100)
        .build();
  }

  private void print(WarmRun.Summary summary) {
    if (json) {
      var outcomes = new JsonObject();
      summary.outcomes().forEach(outcomes::put);
      surroundings
          .out()
          .println(
              new JsonObject()
                  .put("asked", summary.asked())
                  .put("skipped", summary.skipped())
                  .put("outcomes", outcomes)
                  .put("failed", summary.failed())
                  .encode());
      return;
    }
    surroundings.out().println("asked      " + summary.asked());
    surroundings.out().println("skipped    " + summary.skipped());
    summary
        .outcomes()
        .forEach((name, count) -> surroundings.out().printf("  %-9s%d%n", name, count));
    surroundings.out().println("failed     " + summary.failed());
  }

  private Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon > 0) {
        fields.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
      }
    }
    return fields;
  }
}
