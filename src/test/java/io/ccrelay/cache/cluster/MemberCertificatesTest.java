package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.CacheOptions.Node;
import io.ccrelay.cache.CacheOptions.TlsFiles;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.testing.Authority;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.LogCapture;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that prove by certificates of an authority of their own that they are. */
class MemberCertificatesTest {

  private static final Key KEY = Key.of("key");

  @TempDir static Path ours;
  @TempDir static Path theirs;

  private static Authority authority;
  private static TlsFiles first;
  private static TlsFiles second;
  private static TlsFiles foreign;

  @BeforeAll
  static void sign() throws Exception {
    authority = Authority.make(ours, "authority");
    first = files(authority.issue("node-1"));
    second = files(authority.issue("node-2"));
    foreign = files(Authority.make(theirs, "authority").issue("node-3"));
  }

  @Test
  void nodesOfOneAuthorityShareTheMapAndTheBusAndOneOfAnotherStaysOutsideAndIsToldOf() {
    try (var nodes = new TestNodes(3);
        var log = LogCapture.start()) {
      var one = nodes.start(0, with(first, nodes.options(0)));
      var two = nodes.start(1, with(second, nodes.options(1)));
      Waiting.until(() -> two.node().report().members().size() == 2, "two members");
      assertTrue(one.node().report().secured());
      Waiting.until(
          () -> {
            Await.result(one.store().set(KEY, Bytes.utf8("v")));
            return Await.result(two.store().get(KEY)).isPresent();
          },
          "what one wrote the other reads");
      var heard = new CopyOnWriteArrayList<String>();
      var consumer = one.vertx().eventBus().<String>consumer("address", m -> heard.add(m.body()));
      Await.result(consumer.completion());
      Waiting.until(
          () -> {
            two.vertx().eventBus().publish("address", "hello");
            return heard.contains("hello");
          },
          "the bus reaches the other node");

      var three = nodes.start(2, with(foreign, nodes.options(2)));

      assertEquals(1, three.node().report().members().size());
      assertEquals(2, one.node().report().members().size());
      assertEquals(Optional.empty(), Await.result(three.store().get(KEY)));
      Waiting.until(
          () ->
              log.lines().stream()
                  .anyMatch(line ->
                      line.contains("127.0.0.1 has no certificate that")
                          && line.contains("cache.cluster.tls.authority")),
          "cause and cure");
    }
  }

  @Test
  void clientsWithACertificateUseTheMapAndThoseOfAnotherAuthorityOrNoneDoNot() {
    try (var nodes = new TestNodes(1)) {
      var one = nodes.start(0, with(first, nodes.withoutPeers(0)));
      Store client = RemoteStores.open(one.port(), "test", Optional.of(second));
      Await.result(client.set(KEY, Bytes.utf8("v")));
      assertEquals(Optional.of(Bytes.utf8("v")), Await.result(one.store().get(KEY)));
      assertEquals(Optional.of(Bytes.utf8("v")), Await.result(client.get(KEY)));
      Await.result(client.close());

      for (Optional<TlsFiles> other : List.of(Optional.of(foreign), Optional.<TlsFiles>empty())) {
        Store stranger = RemoteStores.open(one.port(), "test", other);
        assertThrows(StoreUnavailableException.class, () -> Await.result(stranger.get(KEY)));
        Await.result(stranger.close());
      }
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamedWithTheirSetting() throws IOException {
    Path absent = ours.resolve("absent");
    Path empty = Files.writeString(ours.resolve("empty"), "nothing");
    try (var nodes = new TestNodes(1)) {
      refused(nodes, new TlsFiles(absent, first.key(), first.authority()), "tls.certificate");
      refused(nodes, new TlsFiles(first.certificate(), empty, first.authority()), "tls.key");
      refused(nodes, new TlsFiles(first.certificate(), first.key(), empty), "tls");
      refused(
          nodes,
          new TlsFiles(first.certificate(), second.key(), first.authority()),
          "cache.cluster.tls.key");
    }
  }

  private static void refused(TestNodes nodes, TlsFiles files, String setting) {
    var failure =
        assertThrows(
            UncheckedIOException.class, () -> nodes.start(0, with(files, nodes.options(0))));
    assertTrue(failure.getMessage().contains(setting), failure.getMessage());
  }

  private static TlsFiles files(Authority.Holder holder) {
    return new TlsFiles(holder.certificate(), holder.key(), holder.authority());
  }

  private static CacheOptions with(TlsFiles files, CacheOptions options) {
    Node node = options.node();
    return new CacheOptions(
        options.mode(),
        options.deadline(),
        options.local(),
        options.cluster(),
        new Node(node.dns(), node.advertise(), node.maxBytes(), node.near(), Optional.of(files)));
  }
}
