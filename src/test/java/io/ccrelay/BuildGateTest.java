package io.ccrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The versions below which known holes are open. What is checked is what really is on the class
 * path, and that it is what the build declares.
 */
@DisplayName("A38: the versions at work are above the security floor and as declared")
class BuildGateTest {

  @ParameterizedTest
  @CsvSource({
    "io.netty.handler.codec.http.HttpObjectDecoder, netty.version, 4.2.18",
    "io.netty.handler.codec.http2.Http2FrameCodec, netty.version, 4.2.18",
    "io.netty.channel.epoll.Epoll, netty.version, 4.2.18",
    "io.vertx.core.Vertx, vertx.version, 5.0.12",
    "com.fasterxml.jackson.databind.ObjectMapper, jackson.version, 2.18.8",
    "com.fasterxml.jackson.core.JsonParser, jackson.version, 2.18.8",
  })
  void theVersionAtWorkIsDeclaredAndAboveTheFloor(String type, String property, String floor)
      throws Exception {
    String atWork = versionOfJar(type);
    assertEquals(declared(property), atWork);
    assertTrue(compare(atWork, floor) >= 0, atWork + " is below " + floor);
  }

  private static String versionOfJar(String type) throws Exception {
    var resource =
        Class.forName(type).getResource("/" + type.replace('.', '/') + ".class").toString();
    var jar = ((JarURLConnection) URI.create(resource).toURL().openConnection()).getJarFileURL();
    String name = Path.of(jar.toURI()).getFileName().toString();
    return first(Pattern.compile("-(\\d[\\w.]*?)(?:-linux.*)?\\.jar$"), name);
  }

  private static String declared(String property) throws IOException {
    return first(
        Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)<"),
        Files.readString(Path.of("pom.xml")));
  }

  private static String first(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .findFirst()
        .map(MatchResult::group)
        .map(found -> pattern.matcher(found).replaceFirst("$1"))
        .orElseThrow(() -> new AssertionError(pattern + " not in " + text));
  }

  private static int compare(String one, String other) {
    List<Integer> a = numbers(one);
    List<Integer> b = numbers(other);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = Integer.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static List<Integer> numbers(String version) {
    return Stream.of(version.replace(".Final", "").split("\\.")).map(Integer::valueOf).toList();
  }
}
