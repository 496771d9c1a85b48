package io.ccrelay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {

  private static final Duration INTERVAL = Duration.ofMillis(5);

  @TempDir Path directory;
  private final BlockingQueue<ConfigResult> results = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    vertx = Vertx.vertx();
    file = directory.resolve("config.yaml");
    Files.writeString(file, timeout(1));
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aChangeIsReportedOnceAndAnEqualResultNotAtAll() throws Exception {
    try (var watch = watch()) {
      watch.start();
      Files.writeString(file, timeout(2));
      assertEquals(2, nextTimeout());
      Files.writeString(file, "# a comment changes nothing\n" + timeout(2));
      Files.writeString(file, timeout(3));
      assertEquals(3, nextTimeout());
    }
  }

  @Test
  void whatWasWrittenBetweenLoadAndStartIsReported() throws Exception {
    try (var watch = watch()) {
      Files.writeString(file, timeout(2));
      watch.start();
      assertEquals(2, nextTimeout());
    }
  }

  @Test
  void aBrokenOrAbsentFileIsInvalidAndThenLoadedAgain() throws Exception {
    try (var watch = watch()) {
      watch.start();
      Files.writeString(file, "server: {timeout_ms: ");
      awaitInvalid();
      Files.writeString(file, timeout(2));
      assertEquals(2, nextTimeout());
      Files.delete(file);
      awaitInvalid();
      Files.writeString(file, timeout(2));
      assertEquals(2, nextTimeout());
    }
  }

  @Test
  void aChangedDocumentIsAChangeOfTheConfigurationAndABrokenOneIsInvalid() throws Exception {
    Path document = directory.resolve("global.xml");
    Files.writeString(document, "<policies/>");
    Files.writeString(file, timeout(2) + "\npolicies: {global: global.xml}\n");
    try (var watch = watch()) {
      watch.start();
      Files.writeString(document, "<policies><inbound/></policies>");
      assertEquals(2, nextTimeout());
      Files.writeString(document, "<policies><inbound>");
      awaitInvalid();
      Files.writeString(document, "<policies><outbound/></policies>");
      assertEquals(2, nextTimeout());
    }
  }

  @Test
  void aFileRenamedIntoPlaceIsSeen() throws Exception {
    try (var watch = watch()) {
      watch.start();
      Path fresh = Files.writeString(directory.resolve("config.yaml~"), timeout(2));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      assertEquals(2, nextTimeout());
    }
  }

  @Test
  void aDirectorySwappedBehindItsLinkIsSeen() throws Exception {
    Path mount = Files.createDirectory(directory.resolve("mount"));
    for (int version = 1; version <= 2; version++) {
      Path data = Files.createDirectory(mount.resolve("..version" + version));
      Files.writeString(data.resolve("config.yaml"), timeout(version));
    }
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..version1"));
    file = Files.createSymbolicLink(mount.resolve("config.yaml"), Path.of("..data/config.yaml"));
    try (var watch = watch()) {
      watch.start();
      Path swapped = Files.createSymbolicLink(mount.resolve("..tmp"), Path.of("..version2"));
      Files.move(swapped, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      assertEquals(2, nextTimeout());
    }
  }

  @Test
  void aListenerThatThrowsDoesNotEndTheWatch() throws Exception {
    try (var watch =
        new ConfigWatch(
            vertx,
            file,
            Configs.NO_ENVIRONMENT,
            INTERVAL,
            load(),
            result -> {
              results.add(result);
              throw new IllegalStateException("for the test");
            })) {
      watch.start();
      Files.writeString(file, timeout(2));
      assertEquals(2, nextTimeout());
      Files.writeString(file, timeout(3));
      assertEquals(3, nextTimeout());
    }
  }

  @Test
  void nothingIsReportedAfterTheEnd() throws Exception {
    var watch = watch();
    watch.start();
    watch.close();
    watch.close();
    Files.writeString(file, timeout(2));
    assertNull(results.poll(100, TimeUnit.MILLISECONDS));
  }

  @Test
  void anIntervalIsAtLeastAMillisecond() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ConfigWatch(
                vertx, file, Configs.NO_ENVIRONMENT, Duration.ZERO, load(), results::add));
  }

  private ConfigWatch watch() {
    return new ConfigWatch(vertx, file, Configs.NO_ENVIRONMENT, INTERVAL, load(), results::add);
  }

  private ConfigResult load() {
    return ConfigLoader.load(file, Configs.NO_ENVIRONMENT);
  }

  private static String timeout(int millis) {
    return "server: {timeout_ms: " + millis + "}\n";
  }

  private ConfigResult next() throws InterruptedException {
    ConfigResult result = results.poll(10, TimeUnit.SECONDS);
    assertNotNull(result, "nothing was reported");
    return result;
  }

  /** Skips what a half-written file gave. */
  private void awaitInvalid() throws InterruptedException {
    while (!(next() instanceof ConfigResult.Invalid)) {
      // A write begins with an empty file, which is a valid one.
    }
  }

  /** The next loaded result: a write may be seen half, as an empty and thus default file. */
  private long nextTimeout() throws InterruptedException {
    while (true) {
      if (next() instanceof ConfigResult.Loaded(var config, _)
          && config.server().timeout().toMillis() < 1000) {
        return config.server().timeout().toMillis();
      }
    }
  }
}
