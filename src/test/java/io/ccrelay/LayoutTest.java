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
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The plan of the house: which room may see which. Anything not listed fails. */
class LayoutTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(Rooms.ROOT);

  @Test
  void roomsSeeOnlyTheRoomsOfTheTable() {
    var violations = new TreeSet<String>();
    for (JavaClass type : CLASSES) {
      String room = Rooms.of(type);
      Set<String> allowed = Rooms.MAY_SEE.get(room);
      if (allowed == null) {
        violations.add("undeclared package " + room);
        continue;
      }
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(Rooms.ROOT))
          .filter(target -> !Rooms.of(target).equals(room) && !allowed.contains(Rooms.of(target)))
          .filter(target -> !(room.equals("launch") && Rooms.of(target).equals("launch")))
          .forEach(target -> violations.add(type.getName() + " sees " + target.getName()));
    }
    assertEquals(Set.of(), violations);
  }

  @Test
  void roomsHaveNoCycles() {
    slices()
        .matching(Rooms.ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            DescribedPredicate.describe(
                "config", (JavaClass type) -> Rooms.of(type).equals("config")),
            DescribedPredicate.describe(
                "options of launch",
                (JavaClass type) -> type.getName().contains(".LoggingOptions")))
        .check(CLASSES);
  }

  @Test
  void pureRoomsKnowNeitherVertxNorNettyNorLoggers() {
    noClasses()
        .that(areIn(Rooms.PURE))
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
        .that(areIn(Rooms.PORT))
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
                "outside " + Rooms.MAY_READ_THE_CLOCK,
                type -> !Rooms.MAY_READ_THE_CLOCK.contains(Rooms.of(type))))
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
        .orShould(callMethod(Future.class, "get"))
        .orShould(callMethod(CompletableFuture.class, "join"))
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> areIn(Set<String> rooms) {
    return DescribedPredicate.describe("are in " + rooms, type -> rooms.contains(Rooms.of(type)));
  }

  private static boolean startsWithAny(String name, String... prefixes) {
    return Stream.of(prefixes).anyMatch(name::startsWith);
  }
}
