package io.ccrelay.cache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.RedisOptions;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.Certificates;
import io.ccrelay.testing.LogCapture;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.RedisTls;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use a Redis server, and which server a relay trusts. */
class RedisAccessTest {

  private static final String PASSWORD = "w0rd:of/pass@%";

  private final Vertx vertx = Vertx.vertx();
  private final RedisTls tls = RedisTls.shared();
  private final RedisProcess server = RedisProcess.openTls(tls, RedisTls.only("relay", PASSWORD));
  private final RedisOptions good =
      RedisOptions.standalone(server.endpoint())
          .within(Duration.ofSeconds(5))
          .as("relay", PASSWORD)
          .overTls(tls.authority());

  @AfterEach
  void end() {
    Await.result(vertx.close());
    server.close();
  }

  private Optional<Bytes> use(RedisOptions options) {
    var store = new RedisStore(vertx, options, System::nanoTime);
    Await.result(store.set(Key.of("k"), Bytes.utf8("v")));
    return Await.result(store.get(Key.of("k")));
  }

  private Reason refused(RedisOptions options) {
    var store = new RedisStore(vertx, options, System::nanoTime);
    return Await.failure(StoreUnavailableException.class, store.get(Key.of("k"))).reason();
  }

  @Test
  void userWithThePasswordIsLetIn() {
    assertEquals(Optional.of(Bytes.utf8("v")), use(good));
  }

  @Test
  void othersAreNotAndThePasswordIsNowhereToBeRead() {
    try (var log = LogCapture.start()) {
      assertEquals(Reason.OTHER, refused(good.as("relay", "not the word")));
      assertEquals(Reason.OTHER, refused(good.as("nobody", PASSWORD)));
      String lines = String.join("\n", log.lines());
      assertTrue(lines.contains("redis refuses: WRONGPASS"), lines);
      assertFalse(lines.contains("not the word"), lines);
      assertFalse(lines.contains(PASSWORD), lines);
    }
    assertFalse(good.toString().contains(PASSWORD));
  }

  @Test
  void sentinelsWithoutAPasswordWillDoWhereThereIsAPasswordAlone() {
    try (var master = RedisProcess.open("--requirepass", PASSWORD);
        var sentinel =
            RedisProcess.openSentinel(master, 1, "sentinel auth-pass main " + PASSWORD)) {
      var options =
          RedisOptions.sentinel("main", List.of(sentinel.endpoint()))
              .within(Duration.ofSeconds(5))
              .as("", PASSWORD);
      assertEquals(Optional.of(Bytes.utf8("v")), use(options));
    }
  }

  @Test
  void sentinelsNeedTheUserWhereThereIsOne() {
    try (var master = RedisProcess.open("--user", "relay", "on", ">" + PASSWORD, "~*", "+@all");
        var without = RedisProcess.openSentinel(master, 1);
        var with = RedisProcess.openSentinel(master, 1, "user relay on >" + PASSWORD + " +@all")) {
      var options = RedisOptions.sentinel("main", List.of(with.endpoint())).as("relay", PASSWORD);
      assertEquals(Optional.of(Bytes.utf8("v")), use(options.within(Duration.ofSeconds(5))));
      var refused = RedisOptions.sentinel("main", List.of(without.endpoint()));
      refused(refused.as("relay", PASSWORD).within(Duration.ofSeconds(5)));
    }
  }

  @Test
  void serverOfAnotherAuthorityIsNotTrusted(@TempDir Path folder) throws Exception {
    var other = Certificates.make(folder, "other");
    Path authority = Files.writeString(folder.resolve("other.pem"), other.certificate());

    assertEquals(Reason.NETWORK, refused(good.overTls(authority.toString())));
    assertEquals(Reason.NETWORK, refused(good.overTls("")));
  }

  @Test
  void serverWhoseCertificateIsForAnotherNameIsNotTrusted() {
    var elsewhere =
        RedisOptions.standalone("0.0.0.0:" + server.port())
            .within(Duration.ofSeconds(5))
            .as("relay", PASSWORD)
            .overTls(tls.authority());

    try (var log = LogCapture.start()) {
      assertEquals(Reason.NETWORK, refused(elsewhere));
      String lines = String.join("\n", log.lines());
      assertTrue(lines.contains("No subject alternative names"), lines);
    }
  }

  @Test
  void serverThatSpeaksInClearIsNotSpokenTo() {
    try (var clear = RedisProcess.open()) {
      var options =
          RedisOptions.standalone(clear.endpoint())
              .within(Duration.ofSeconds(2))
              .overTls(tls.authority());
      assertNotEquals(Reason.OTHER, refused(options), "it was not even asked");
    }
  }
}
