package io.ccrelay.cache.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.CacheOptions.Cluster;
import io.ccrelay.cache.ClusterAddress;
import io.ccrelay.cache.cluster.group.Peers;
import io.ccrelay.cache.cluster.group.Ports;
import io.ccrelay.testing.LogCapture;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports that others than members reach are warned of. */
class OpenPortsTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:3320, false, 1",
    ":3320, false, 1",
    "0.0.0.0:3320, true, 0",
    "127.0.0.1:3320, false, 0"
  })
  void whoeverReachesThemIsWarnedOfUnlessMembersProveWhoTheyAre(
      String bind, boolean secured, int lines) throws IOException {
    try (var log = LogCapture.start()) {
      addresses(bind).warn(peers(bind), secured);
      assertEquals(lines, log.lines().size(), log.lines()::toString);
      assertTrue(
          log.lines().stream()
              .allMatch(line ->
                  line.contains("ports 3320 to 3323")
                      && line.contains("set cache.olric.secret or cache.cluster.tls")),
          log.lines()::toString);
    }
  }

  @Test
  void aHostThatIsNotKnownIsNamedWithItsSetting() {
    var failure =
        org.junit.jupiter.api.Assertions.assertThrows(
            IOException.class, () -> addresses("name.invalid:3320"));
    assertTrue(failure.getMessage().contains("cache.olric.bind_addr"), failure.getMessage());
  }

  private static BindAddresses addresses(String bind) throws IOException {
    Cluster defaults = Cluster.DEFAULTS;
    CacheOptions options =
        TestNodes.options(
            new Cluster(
                true,
                bind,
                List.of(),
                defaults.dmapName(),
                defaults.environment(),
                List.of(),
                1,
                1,
                1,
                1,
                defaults.leaveTimeout(),
                ""));
    return BindAddresses.of(options, peers(bind));
  }

  private static Peers peers(String bind) {
    return Peers.of(List.of(), "", Ports.of(ClusterAddress.parse(bind)));
  }
}
