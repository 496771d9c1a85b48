package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Usage;
import io.ccrelay.metrics.Answered;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LogSetupTest {

  private static final Logger LOG = LoggerFactory.getLogger("io.ccrelay.sample");

  @TempDir Path directory;

  @AfterEach
  void restore() throws IOException {
    LogSetup.apply(new LoggingOptions("warn", "console", "stderr", false));
  }

  @Test
  void theLevelChangesWhileRunning() throws IOException {
    LogSetup.apply(toFile("info"));
    assertFalse(LOG.isDebugEnabled());
    LogSetup.apply(toFile("debug"));
    assertTrue(LOG.isDebugEnabled());
    LogSetup.apply(toFile("error"));
    assertFalse(LOG.isWarnEnabled());
  }

  @Test
  void librariesSpeakOnlyToWarn() throws IOException {
    LogSetup.apply(toFile("debug"));
    assertFalse(LoggerFactory.getLogger("io.netty.channel").isInfoEnabled());
    assertTrue(LoggerFactory.getLogger("io.netty.channel").isWarnEnabled());
    LogSetup.apply(toFile("error"));
    assertFalse(LoggerFactory.getLogger("io.netty.channel").isWarnEnabled());
  }

  @Test
  void aLogFileIsAppendedToAndReadByItsOwnerOnly() throws IOException {
    Path file = directory.resolve("relay.log");
    Files.writeString(file, "before\n");
    LogSetup.apply(toFile("info"));
    LOG.info("first");
    LogSetup.apply(toFile("info"));
    LOG.info("second");
    restore();
    List<String> lines = Files.readAllLines(file);
    assertEquals("before", lines.get(0));
    assertEquals("first", new JsonObject(lines.get(1)).getString("message"));
    assertEquals("second", new JsonObject(lines.get(2)).getString("message"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void aFileThatCannotBeOpenedLeavesTheLogAsItWas() throws IOException {
    LogSetup.apply(toFile("info"));
    var impossible = new LoggingOptions("info", "json", directory + "/no/such/place.log", false);
    assertThrows(IOException.class, () -> LogSetup.apply(impossible));
    LOG.info("still here");
    restore();
    assertTrue(Files.readString(directory.resolve("relay.log")).contains("still here"));
  }

  @Test
  void aJsonLineIsOneObjectWhateverTheMessageHolds() {
    var event = event("say \"hi\"\nlevel=fatal \u2028 \u0001");
    event.addKeyValuePair(new KeyValuePair("status", 200));
    event.addKeyValuePair(new KeyValuePair("level", "forged"));
    event.addKeyValuePair(new KeyValuePair("route", "messages"));
    String line = new JsonLines().doLayout(event);
    assertEquals(line.length() - 1, line.indexOf(10));
    var json = new JsonObject(line);
    assertEquals("info", json.getString("level"));
    assertEquals("say \"hi\"\nlevel=fatal \u2028 \u0001", json.getString("message"));
    assertEquals(200, json.getInteger("status"));
    assertEquals("messages", json.getString("route"));
    assertEquals("2026-01-01T00:00:00Z", json.getString("time"));
  }

  @Test
  void aConsoleLineCannotBeForged() {
    String line = new ConsoleLines().doLayout(event("one\n12:00:00.000 ERROR two\u001b[31m"));
    assertEquals(1, line.lines().count());
    assertFalse(line.contains("\u001b"));
    assertTrue(line.contains("INFO  one\\x0a12:00:00.000 ERROR two\\x1b[31m"), line);
  }

  @Test
  void noCredentialReachesALine() {
    var event = event("upstream said: bad key sk-ant-api03-CANARY0123456789");
    event.setThrowableProxy(
        new ch.qos.logback.classic.spi.ThrowableProxy(
            new IllegalStateException("x-api-key: CANARY0123456789")));
    assertFalse(new JsonLines().doLayout(event).contains("CANARY"));
    assertFalse(new ConsoleLines().doLayout(event).contains("CANARY"));
  }

  @Test
  void requestsHaveLinesOnlyIfWanted() throws IOException {
    LogSetup.apply(toFile("info"));
    new AccessLog().accept(answered("m"));
    LogSetup.apply(accessToFile(LoggingOptions.Access.JSON));
    new AccessLog().accept(answered("m"));
    LogSetup.apply(accessToFile(LoggingOptions.Access.TEXT));
    new AccessLog().accept(answered("m\n12:00 forged=1"));
    LOG.error("others are as they were");
    restore();
    List<String> lines = Files.readAllLines(directory.resolve("relay.log"));
    assertEquals(3, lines.size(), lines::toString);
    var json = new JsonObject(lines.get(0));
    assertEquals("messages", json.getString("route"));
    assertEquals("hit", json.getString("outcome"));
    assertEquals(412, json.getInteger("micros"));
    assertEquals("00ff10", json.getString("key"));
    assertEquals(7, json.getInteger("saved_output_tokens"));
    assertTrue(
        lines
            .get(1)
            .endsWith(
                " route=messages status=200 outcome=hit reason=- micros=412"
                    + " model=m_12:00_forged=1 key=00ff10"
                    + " saved_input_tokens=3 saved_output_tokens=7"),
        lines.get(1));
    assertEquals("others are as they were", new JsonObject(lines.get(2)).getString("message"));
  }

  private static Answered answered(String model) {
    return new Answered(
        "messages",
        CacheOutcome.HIT,
        200,
        412_300,
        model,
        Optional.of(Key.ofHex("00ff10")),
        Bytes.empty(),
        "",
        new Usage(3, 7));
  }

  private LoggingOptions accessToFile(LoggingOptions.Access access) {
    return new LoggingOptions(
        "warn", "json", directory.resolve("relay.log").toString(), false, access);
  }

  private LoggingOptions toFile(String level) {
    return new LoggingOptions(level, "json", directory.resolve("relay.log").toString(), false);
  }

  private static LoggingEvent event(String message) {
    var event =
        new LoggingEvent(
            LogSetupTest.class.getName(),
            ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("sample"),
            ch.qos.logback.classic.Level.INFO,
            message,
            null,
            null);
    event.setInstant(Instant.parse("2026-01-01T00:00:00Z"));
    return event;
  }
}
