package io.ccrelay.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: stores what {@code export} wrote in a running relay. */
@Command(
    name = "import",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cc-relay import entries.jsonl",
      "  cc-relay import --preload answers.jsonl --json"
    },
    description = {
      "Store the entries of FILE, which export wrote, in a running relay.",
      "With --preload the lines are {\"path\", \"headers\", \"body\", \"answer\": {\"status\", \"headers\", \"body\"}}."
    })
final class ImportCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofHours(1);

  @Parameters(paramLabel = "FILE", description = "Entries, one JSON object a line.")
  private Path file = Path.of("");

  @Option(names = "--preload", description = "FILE holds requests and their answers.")
  private boolean preload;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Mixin private ManagementAccess access = new ManagementAccess();

  private final Surroundings surroundings;

  ImportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    String path = "/admin/cache/" + (preload ? "preload" : "import");
    try (var client = ManagementAccess.client()) {
      var request =
          access
              .request(surroundings, path, LONGEST)
              .header("Content-Type", "application/x-ndjson")
              .POST(
                  HttpRequest.BodyPublishers.ofFile(surroundings.workingDirectory().resolve(file)))
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        surroundings.say(Failures.refusal(answer.statusCode(), answer.body()));
        return 1;
      }
      var summary = new JsonObject(answer.body());
      print(summary);
      return summary.getInteger("invalid") == 0 ? 0 : 1;
    } catch (IOException | IllegalArgumentException | DecodeException failure) {
      surroundings.say("error: " + Failures.oneLine(failure));
      return 1;
    }
  }

  private void print(JsonObject summary) {
    if (json) {
      surroundings.out().println(summary.encode());
      return;
    }
    surroundings.out().println("lines      " + summary.getInteger("lines"));
    surroundings.out().println("stored     " + summary.getInteger("stored"));
    summary
        .getJsonObject("refused")
        .forEach(it -> surroundings.out().printf("  %-15s%s%n", it.getKey(), it.getValue()));
    surroundings.out().println("invalid    " + summary.getInteger("invalid"));
    summary.getJsonArray("errors").stream()
        .map(JsonObject.class::cast)
        .forEach(one ->
            surroundings.say(file + ":" + one.getInteger("line") + ": " + one.getString("why")));
  }
}
