package io.ccrelay.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: writes the entries of a running relay to a file. */
@Command(
    name = "export",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cc-relay export entries.jsonl",
      "  cc-relay export entries.jsonl --model claude-sonnet-4-5 --tag prices"
    },
    description = {
      "Write the entries of a running relay to FILE, one JSON object a line.",
      "FILE holds what the entries contain: only its owner may read it."
    })
final class ExportCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofHours(1);

  @Parameters(paramLabel = "FILE", description = "Where the entries go.")
  private Path file = Path.of("");

  @Option(names = "--model", paramLabel = "MODEL", description = "Only entries of this model.")
  private String model = "";

  @Option(names = "--tag", paramLabel = "TAG", description = "Only entries with this tag.")
  private String tag = "";

  @Mixin private ManagementAccess access = new ManagementAccess();

  private final Surroundings surroundings;

  ExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    String path = "/admin/cache/export?model=" + coded(model) + "&tag=" + coded(tag);
    try (var client = ManagementAccess.client()) {
      var request = access.request(surroundings, path, LONGEST).build();
      var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        if (answer.statusCode() != 200) {
          String why = new String(body.readNBytes(4096), StandardCharsets.UTF_8).strip();
          surroundings.say(Failures.refusal(answer.statusCode(), why));
          return 1;
        }
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        surroundings.out().println("exported   " + write(lines));
        return 0;
      }
    } catch (IOException | IllegalArgumentException failure) {
      surroundings.say("error: " + Failures.oneLine(failure));
      return 1;
    }
  }

  private long write(BufferedReader lines) throws IOException {
    var count = new long[1];
    PrivateFile.write(
        surroundings.workingDirectory().resolve(file),
        writer -> {
          String line;
          while ((line = lines.readLine()) != null) {
            writer.write(line);
            writer.write('\n');
            count[0]++;
          }
        });
    return count[0];
  }

  private static String coded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
