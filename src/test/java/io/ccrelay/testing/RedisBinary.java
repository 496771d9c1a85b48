package io.ccrelay.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import redis.embedded.core.ExecutableProvider;

/**
 * The redis-server programs there are: the one that {@code CC_RELAY_REDIS_SERVER} names, the one
 * that the test library carries, and one on the path. The first that can do what a test needs is
 * taken; if none can, the test is skipped and says what to install.
 */
public enum RedisBinary {
  /** Any that runs. */
  PLAIN("redis-server (Debian: redis-server)") {
    @Override
    boolean offeredBy(String program) {
      return version(program) > 0;
    }
  },

  /** One that speaks TLS. */
  TLS("a redis-server with TLS (Debian: redis-server)") {
    @Override
    boolean offeredBy(String program) {
      return output(program, "--port", "0", "--save", "", "--tls-auth-clients", "no")
          .contains("not listen anywhere");
    }
  },

  /** One without vector sets. */
  BEFORE_VECTOR_SETS("a redis-server before version 8") {
    @Override
    boolean offeredBy(String program) {
      int version = version(program);
      return version > 0 && version < 8;
    }
  },

  /** One with vector sets. */
  VECTOR_SETS("a redis-server of version 8 (Debian 13: redis-server)") {
    @Override
    boolean offeredBy(String program) {
      return version(program) >= 8;
    }
  };

  private static final Pattern VERSION = Pattern.compile("Redis server v=(\\d+)\\.");
  private static final Map<RedisBinary, Optional<String>> FOUND = new ConcurrentHashMap<>();

  private final String what;

  RedisBinary(String what) {
    this.what = what;
  }

  abstract boolean offeredBy(String program);

  /** The program; the test that asks is skipped if there is none. */
  public String orSkip() {
    Optional<String> found =
        FOUND.computeIfAbsent(
            this,
            _ -> Candidates.ALL.stream().filter((Predicate<String>) this::offeredBy).findFirst());
    Assumptions.assumeTrue(
        found.isPresent(),
        () -> "skipped: needs " + what + " on the path or in CC_RELAY_REDIS_SERVER");
    return found.get();
  }

  private static final class Candidates {
    static final List<String> ALL = list();

    private static List<String> list() {
      var programs = new ArrayList<String>();
      Optional.ofNullable(System.getenv("CC_RELAY_REDIS_SERVER")).ifPresent(programs::add);
      carried().ifPresent(programs::add);
      Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
          .map(folder -> Path.of(folder, "redis-server"))
          .filter(Files::isExecutable)
          .map(Path::toString)
          .forEach(programs::add);
      return List.copyOf(programs);
    }

    private static Optional<String> carried() {
      try {
        return Optional.of(ExecutableProvider.newJarResourceProvider().get().getAbsolutePath());
      } catch (IOException | RuntimeException none) {
        return Optional.empty();
      }
    }
  }

  private static int version(String program) {
    Matcher version = VERSION.matcher(output(program, "--version"));
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }

  /** What it prints before it ends, which it does at once. */
  private static String output(String program, String... options) {
    var command = new ArrayList<String>(List.of(program));
    command.addAll(List.of(options));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(10, TimeUnit.SECONDS);
      return said;
    } catch (IOException absent) {
      return "";
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }
}
