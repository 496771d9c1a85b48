package io.ccrelay.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stats}: the counters of a running relay. */
@Command(
    name = "stats",
    description = "Print what a running relay answered, saved and holds.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cc-relay stats",
      "  cc-relay stats --cluster --json            # all members, added up and one by one",
      "  cc-relay stats --url http://relay:9090 --token TOKEN"
    })
final class StatsCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  @Mixin private ManagementAccess access = new ManagementAccess();

  @Option(names = "--cluster", description = "Of all members instead of the one asked.")
  private boolean cluster;

  @Option(names = "--json", description = "Print the answer as it is.")
  private boolean json;

  private final Surroundings surroundings;

  StatsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    String path = "/admin/cache/stats" + (cluster ? "?cluster=true" : "");
    try (var client = ManagementAccess.client()) {
      HttpResponse<String> answer =
          client.send(
              access.request(surroundings, path, LONGEST).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        surroundings.say(Failures.refusal(answer.statusCode(), answer.body()));
        return 1;
      }
      print(answer.body().strip());
      return 0;
    } catch (IOException | IllegalArgumentException | DecodeException failure) {
      surroundings.say("error: " + Failures.oneLine(failure));
      return 1;
    }
  }

  private void print(String body) {
    if (json) {
      surroundings.out().println(body);
      return;
    }
    new JsonObject(body).forEach(it -> print("", it.getKey(), it.getValue()));
  }

  private void print(String indent, String name, Object value) {
    if (value instanceof JsonObject group) {
      surroundings.out().println(indent + name);
      group.forEach(it -> print(indent + "  ", it.getKey(), it.getValue()));
    } else {
      surroundings.out().printf("%-26s%s%n", indent + name, value);
    }
  }
}
