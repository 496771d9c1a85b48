package io.ccrelay.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: asks a running relay why a request would hit or miss. */
@Command(
    name = "explain",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cc-relay explain request.json",
      "  cc-relay explain request.json --url http://relay:9090 --token TOKEN --json"
    },
    description = {
      "Tell why a request hits or misses, and which part differs from the nearest stored one.",
      "FILE holds {\"path\": \"/v1/messages\", \"headers\": {...}, \"body\": {...}}."
    })
final class ExplainCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  @Parameters(paramLabel = "FILE", description = "The request, a JSON object.")
  private Path file = Path.of("");

  @Mixin private ManagementAccess access = new ManagementAccess();

  @Option(names = "--json", description = "Print the answer as it is.")
  private boolean json;

  private final Surroundings surroundings;

  ExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      String request = Files.readString(surroundings.workingDirectory().resolve(file));
      HttpResponse<String> answer = ask(request);
      if (answer.statusCode() != 200) {
        surroundings.say(Failures.refusal(answer.statusCode(), answer.body()));
        return 1;
      }
      if (json) {
        surroundings.out().println(answer.body().strip());
      } else {
        print(new JsonObject(answer.body()));
      }
      return 0;
    } catch (IOException | IllegalArgumentException | DecodeException failure) {
      surroundings.say("error: " + Failures.oneLine(failure));
      return 1;
    }
  }

  private HttpResponse<String> ask(String request) throws IOException, InterruptedException {
    var question =
        access
            .request(surroundings, "/admin/cache/explain", LONGEST)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(request))
            .build();
    try (var client = ManagementAccess.client()) {
      return client.send(question, HttpResponse.BodyHandlers.ofString());
    }
  }

  private void print(JsonObject explanation) {
    var out = surroundings.out();
    String reason = explanation.getString("reason");
    out.println(
        "outcome   "
            + explanation.getString("outcome")
            + (reason.isEmpty() ? "" : " (" + reason + ")"));
    if (!explanation.getString("key").isEmpty()) {
      out.println("key       " + explanation.getString("key"));
    }
    JsonArray ignored = explanation.getJsonArray("ignored");
    if (!ignored.isEmpty()) {
      out.println("ignored   " + String.join(", ", ignored.stream().map(String::valueOf).toList()));
    }
    JsonObject nearest = explanation.getJsonObject("nearest");
    if (nearest != null) {
      boolean same = nearest.getString("key").equals(explanation.getString("key"));
      out.println(
          same
              ? "nearest   an answer was stored under this key and is gone: removed, evicted or expired"
              : "nearest   " + nearest.getString("key"));
      nearest.getJsonArray("differs").forEach(part -> out.println("differs   " + part));
    }
    printSimilar(explanation.getJsonObject("similar"));
  }

  private void printSimilar(@Nullable JsonObject similar) {
    if (similar != null) {
      var out = surroundings.out();
      String score = String.format(Locale.ROOT, "%.3f", similar.getDouble("similarity"));
      out.println("similar   " + similar.getString("key") + " (similarity " + score + ")");
      similar.getJsonArray("against").forEach(reason -> out.println("against   " + reason));
    }
  }
}
