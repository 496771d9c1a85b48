package io.ccrelay.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of commands that ask the management listener of a running relay. */
final class ManagementAccess {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The management listener (default: ${DEFAULT-VALUE}).")
  private String url = "http://127.0.0.1:9090";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "Management token (default: CC_RELAY_MANAGEMENT_TOKEN).")
  private String token = "";

  /** A request for {@code path}, with the token if there is one. */
  HttpRequest.Builder request(Surroundings surroundings, String path, Duration longest) {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(longest);
    String bearer = token.isEmpty() ? fromEnvironment(surroundings) : token;
    return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
  }

  /** The client to send it with. */
  static HttpClient client() {
    return HttpClient.newBuilder().connectTimeout(CONNECT).build();
  }

  private static String fromEnvironment(Surroundings surroundings) {
    String set = surroundings.environment().apply("CC_RELAY_MANAGEMENT_TOKEN");
    return set == null ? "" : set;
  }
}
