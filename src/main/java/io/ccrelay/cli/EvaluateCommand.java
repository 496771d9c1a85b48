package io.ccrelay.cli;

import io.ccrelay.launch.LogSetup;
import io.ccrelay.launch.LoggingOptions;
import io.ccrelay.launch.Terminal;
import io.ccrelay.launch.VertxFactory;
import io.ccrelay.semantic.Embedder;
import io.ccrelay.semantic.Evaluation;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.Vetoes;
import io.ccrelay.semantic.embedding.Embedders;
import io.ccrelay.semantic.embedding.Workers;
import io.ccrelay.semantic.guard.StandardVetoes;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code semantic evaluate}: how good the semantic cache would be on pairs that are known. */
@Command(
    name = "evaluate",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cc-relay semantic evaluate pairs.jsonl",
      "  cc-relay semantic evaluate pairs.jsonl --config relay.yaml --json"
    },
    description =
        "Print precision, recall and hit rate on pairs of questions, by least similarity and veto.")
final class EvaluateCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofSeconds(90);

  @Mixin private final ConfigOption options = new ConfigOption();

  @Parameters(
      paramLabel = "FILE",
      description = "JSON lines: {\"a\": text, \"b\": text, \"same\": 1 or 0, \"lang\": label}.")
  private Path file = Path.of("");

  @Option(
      names = "--json",
      description = "Print the quality of the rule as configured as JSON, on standard output.")
  private boolean json;

  private final Surroundings surroundings;
  private final RootCommand root;

  EvaluateCommand(Surroundings surroundings, RootCommand root) {
    this.surroundings = surroundings;
    this.root = root;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Optional<LoadedConfig> loaded = LoadedConfig.load(options.or(root.options), surroundings);
    if (loaded.isEmpty()) {
      return 1;
    }
    PairFile pairs = PairFile.read(surroundings.workingDirectory().resolve(file));
    LogSetup.apply(new LoggingOptions("warn", "pretty", "stderr", true));
    Vertx vertx = VertxFactory.create();
    try {
      Evaluation made = evaluate(vertx, pairs, loaded.get().config().semantic());
      if (json) {
        surroundings.out().println(report(made).encode());
      } else {
        made.lines().forEach(surroundings.out()::println);
      }
      return 0;
    } catch (ExecutionException failure) {
      surroundings.say("error: " + Failures.oneLine(Failures.cause(failure)));
      return 1;
    } finally {
      Waiting.toClose(vertx);
    }
  }

  private static Evaluation evaluate(Vertx vertx, PairFile pairs, SemanticOptions options)
      throws InterruptedException, ExecutionException {
    var workers = new Workers(vertx, 1, 64, LONGEST);
    Embedder embedder = Waiting.on(Embedders.open(vertx, options, workers), LONGEST);
    var evaluation = new Evaluation(options.minSimilarity());
    Vetoes vetoes = new StandardVetoes(options.rewordedSimilarity());
    try (ProgressBar bar = bar(pairs.lines().size())) {
      for (PairFile.Line pair : pairs.lines()) {
        var one = Waiting.on(embedder.embed(pair.one()), LONGEST);
        var other = Waiting.on(embedder.embed(pair.other()), LONGEST);
        double similarity = one.similarity(other);
        evaluation.add(
            new Evaluation.Pair(
                pair.same(),
                pair.language(),
                similarity,
                vetoes.between(pair.one(), pair.other(), similarity)));
        bar.step();
      }
    }
    return evaluation;
  }

  private static JsonObject report(Evaluation made) {
    var languages = new JsonObject();
    made.languages().forEach(it -> languages.put(it, report(made.quality(it))));
    return report(made.quality(""))
        .put("minSimilarity", made.minSimilarity())
        .put("languages", languages);
  }

  private static JsonObject report(Evaluation.Quality quality) {
    return new JsonObject()
        .put("pairs", quality.pairs())
        .put("same", quality.same())
        .put("right", quality.right())
        .put("wrong", quality.wrong())
        .put("precision", quality.precision())
        .put("recall", quality.recall())
        .put("hitRate", quality.hitRate());
  }

  private static ProgressBar bar(int pairs) {
    return new ProgressBarBuilder()
        .setTaskName("pairs")
        .setInitialMax(pairs)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(100)
        .setConsumer(consumer())
        .build();
  }

  /** Where nobody looks, nothing is drawn. */
  private static me.tongfei.progressbar.ProgressBarConsumer consumer() {
    return Terminal.isOutput("stderr")
        ? new me.tongfei.progressbar.ConsoleProgressBarConsumer(System.err)
        : new me.tongfei.progressbar.DelegatingProgressBarConsumer(_ -> {});
  }
}
