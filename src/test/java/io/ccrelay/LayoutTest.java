package io.ccrelay;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The plan of the house: which room may see which. Anything not listed fails. */
class LayoutTest {

  private static final String ROOT = "io.ccrelay";

  private static final Map<String, Set<String>> MAY_SEE =
      Map.ofEntries(
          Map.entry("http", Set.of()),
          Map.entry("llm", Set.of("http", "cache")),
          Map.entry("llm.sse", Set.of("http", "cache", "llm")),
          Map.entry("cache", Set.of("http")),
          Map.entry("cache.bus", Set.of("cache", "http")),
          Map.entry("cache.purge", Set.of("cache")),
          Map.entry("cache.store", Set.of("cache", "http")),
          Map.entry("semantic", Set.of("cache")),
          Map.entry("semantic.guard", Set.of("semantic")),
          Map.entry("semantic.index", Set.of("semantic", "cache")),
          Map.entry("semantic.redis", Set.of("semantic", "cache", "cache.store")),
          Map.entry("semantic.embedding", Set.of("semantic", "upstream")),
          Map.entry(
              "cache.cluster",
              Set.of(
                  "cache",
                  "cache.store",
                  "cache.cluster.group",
                  "cache.cluster.door",
                  "http",
                  "metrics")),
          Map.entry("cache.cluster.door", Set.of()),
          Map.entry("cache.cluster.group", Set.of("cache", "cache.cluster.door")),
          Map.entry("cache.cluster.wire", Set.of()),
          Map.entry("cache.cluster.stats", Set.of("cache", "cache.cluster.wire")),
          Map.entry("cache.cluster.flight", Set.of("cache", "http", "cache.cluster.wire")),
          Map.entry("cache.cluster.purge", Set.of("cache", "cache.purge", "cache.cluster.wire")),
          Map.entry("limit", Set.of("cache")),
          Map.entry("policy.expression.value", Set.of()),
          Map.entry("policy.expression", Set.of("http", "policy.expression.value")),
          Map.entry(
              "policy", Set.of("http", "policy.expression", "policy.expression.value", "limit")),
          Map.entry(
              "policy.run",
              Set.of(
                  "http",
                  "cache",
                  "limit",
                  "policy",
                  "policy.expression",
                  "policy.expression.value")),
          Map.entry(
              "proxy.policy",
              Set.of(
                  "policy.run",
                  "http",
                  "cache",
                  "limit",
                  "policy",
                  "policy.expression",
                  "policy.expression.value",
                  "upstream",
                  "metrics",
                  "proxy",
                  "proxy.api",
                  "proxy.transport")),
          Map.entry("upstream", Set.of("http")),
          Map.entry("upstream.http", Set.of("http", "upstream")),
          Map.entry("cassette", Set.of("http", "llm", "cache", "upstream")),
          Map.entry("tracing", Set.of("http", "cache", "metrics", "upstream", "proxy")),
          Map.entry("metrics", Set.of("cache", "http")),
          Map.entry("proxy.transport", Set.of()),
          Map.entry(
              "proxy",
              Set.of(
                  "http",
                  "llm",
                  "llm.sse",
                  "cache",
                  "upstream",
                  "metrics",
                  "semantic",
                  "proxy.transport")),
          Map.entry(
              "proxy.api",
              Set.of("http", "cache", "upstream", "metrics", "proxy", "proxy.transport")),
          Map.entry("admin", Set.of("http", "cache", "metrics", "upstream", "llm", "semantic")),
          Map.entry(
              "config",
              Set.of(
                  "http",
                  "llm",
                  "cache",
                  "metrics",
                  "upstream",
                  "proxy",
                  "admin",
                  "launch",
                  "policy",
                  "cassette",
                  "tracing",
                  "semantic")),
          Map.entry(
              "launch",
              Set.of(
                  "http",
                  "llm",
                  "llm.sse",
                  "cache",
                  "cache.bus",
                  "cache.purge",
                  "cache.store",
                  "cache.cluster",
                  "cache.cluster.wire",
                  "cache.cluster.flight",
                  "cache.cluster.purge",
                  "cache.cluster.stats",
                  "limit",
                  "policy",
                  "policy.expression",
                  "policy.expression.value",
                  "policy.run",
                  "proxy.policy",
                  "upstream",
                  "upstream.http",
                  "cassette",
                  "tracing",
                  "metrics",
                  "semantic",
                  "semantic.guard",
                  "semantic.index",
                  "semantic.redis",
                  "semantic.embedding",
                  "proxy",
                  "proxy.transport",
                  "proxy.api",
                  "admin",
                  "config")),
          Map.entry(
              "cli",
              Set.of(
                  "http",
                  "config",
                  "launch",
                  "cache",
                  "upstream",
                  "proxy",
                  "admin",
                  "demo",
                  "semantic",
                  "semantic.guard",
                  "semantic.embedding",
                  "cli.warm")),
          Map.entry("cli.warm", Set.of()),
          Map.entry("cli.boot", Set.of()),
          Map.entry(
              "demo",
              Set.of(
                  "http",
                  "llm",
                  "cache",
                  "upstream",
                  "metrics",
                  "policy",
                  "proxy",
                  "admin",
                  "config",
                  "launch")));

  /** {@code config} fills the options records of rooms above it; only records may be seen there. */
  private static final Set<String> PURE =
      Set.of(
          "http",
          "llm",
          "llm.sse",
          "limit",
          "policy",
          "policy.run",
          "policy.expression",
          "policy.expression.value",
          "semantic.guard");

  private static final Set<String> PORT = Set.of("cache", "upstream", "semantic");

  private static final Set<String> MAY_READ_THE_CLOCK = Set.of("launch", "cli", "demo");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void roomsSeeOnlyTheRoomsOfTheTable() {
    var violations = new TreeSet<String>();
    for (JavaClass type : CLASSES) {
      String room = roomOf(type);
      Set<String> allowed = MAY_SEE.get(room);
      if (allowed == null) {
        violations.add("undeclared package " + room);
        continue;
      }
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .filter(target -> !roomOf(target).equals(room) && !allowed.contains(roomOf(target)))
          .filter(target -> !(room.equals("launch") && roomOf(target).equals("launch")))
          .forEach(target -> violations.add(type.getName() + " sees " + target.getName()));
    }
    assertEquals(Set.of(), violations);
  }

  @Test
  void roomsHaveNoCycles() {
    slices()
        .matching(ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            DescribedPredicate.describe(
                "config", (JavaClass type) -> roomOf(type).equals("config")),
            DescribedPredicate.describe(
                "options of launch",
                (JavaClass type) -> type.getName().contains(".LoggingOptions")))
        .check(CLASSES);
  }

  @Test
  void pureRoomsKnowNeitherVertxNorNettyNorLoggers() {
    noClasses()
        .that(areIn(PURE))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "Vert.x, Netty, a logger or a JSON tree",
                type ->
                    startsWithAny(
                        type.getPackageName(),
                        "io.vertx",
                        "io.netty",
                        "org.slf4j",
                        "ch.qos",
                        "com.fasterxml.jackson.databind")))
        .check(CLASSES);
  }

  @Test
  void portRoomsSeeOfVertxOnlyFutureAndBuffer() {
    Set<String> allowed =
        Set.of("io.vertx.core.Future", "io.vertx.core.Promise", "io.vertx.core.buffer.Buffer");
    noClasses()
        .that(areIn(PORT))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "other parts of Vert.x or Netty",
                type ->
                    startsWithAny(type.getPackageName(), "io.vertx", "io.netty")
                        && !allowed.contains(type.getName())))
        .check(CLASSES);
  }

  @Test
  void onlyLaunchAndCommandLineReadTheSystemClock() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "outside " + MAY_READ_THE_CLOCK,
                type -> !MAY_READ_THE_CLOCK.contains(roomOf(type))))
        .should(callMethod(System.class, "currentTimeMillis"))
        .orShould(callMethod(Instant.class, "now"))
        .orShould(callMethod(Clock.class, "systemUTC"))
        .orShould(callMethod(InstantSource.class, "system"))
        .check(CLASSES);
  }

  @Test
  void nothingBlocksOrReflectsInTheRequestPath() {
    noClasses()
        .that(
            areIn(
                Set.of(
                    "proxy",
                    "proxy.api",
                    "proxy.transport",
                    "cache.bus",
                    "upstream.http",
                    "http",
                    "llm",
                    "llm.sse")))
        .should(callMethod(Thread.class, "sleep", long.class))
        .orShould(callMethod(Class.class, "forName", String.class))
        .orShould(callMethod(java.util.concurrent.Future.class, "get"))
        .orShould(callMethod(java.util.concurrent.CompletableFuture.class, "join"))
        .check(CLASSES);
  }

  @Test
  void filesStayUnderFourHundredLines() throws IOException {
    var tooLong = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        long lines = Files.lines(file).count();
        if (lines > 400) {
          tooLong.add(file + ": " + lines);
        }
      }
    }
    assertEquals(List.of(), tooLong);
  }

  private static DescribedPredicate<JavaClass> areIn(Set<String> rooms) {
    return DescribedPredicate.describe("are in " + rooms, type -> rooms.contains(roomOf(type)));
  }

  private static boolean startsWithAny(String name, String... prefixes) {
    return Stream.of(prefixes).anyMatch(name::startsWith);
  }

  private static String roomOf(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }
}
