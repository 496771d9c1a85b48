package io.ccrelay.config;

import static io.ccrelay.config.Configs.loaded;
import static io.ccrelay.config.Configs.problem;
import static io.ccrelay.config.Configs.warnings;
import static io.ccrelay.config.Configs.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.CacheOptions.Cluster;
import io.ccrelay.cache.CacheOptions.Environment;
import io.ccrelay.cache.CacheOptions.Local;
import io.ccrelay.cache.CacheOptions.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheSectionTest {

  private static final String NODE = "mode: ha, olric: {embedded: true, bind_addr: \":3320\"";

  @Test
  void singleWithPositiveFiguresIsValid() {
    var cache =
        cache("mode: single, ristretto: {num_counters: 10, max_cost: 20, buffer_items: 30}");
    assertEquals(Mode.SINGLE, cache.mode());
    assertEquals(new Local(10, 20, 30), cache.local());
  }

  @Test
  void haEmbeddedNeedsOnlyAnAddress() {
    var cluster = cache(NODE + "}").cluster();
    assertTrue(cluster.embedded());
    assertEquals(":3320", cluster.bindAddr());
  }

  @Test
  void disabledNeedsNothing() {
    assertEquals(Mode.DISABLED, cache("mode: disabled").mode());
    assertEquals(
        Mode.DISABLED,
        cache("mode: disabled, ristretto: {max_cost: -1}, olric: {environment: moon}").mode());
  }

  @Test
  void anEmptyModeIsRequired() {
    assertEquals(
        "conf.yaml:1:15: cache.mode: a mode is required (expected: single, ha, disabled)",
        refused("mode: \"\""));
    assertTrue(
        problem(yaml("cache:\n  mode: \"${MODE}\"", Map.of()))
            .endsWith("(environment variable MODE is not set)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mode: ", "mode: ~"})
  void anAbsentModeIsSingle(String text) {
    assertEquals(Mode.SINGLE, cache(text).mode());
  }

  @Test
  void anUnknownModeIsNamed() {
    assertEquals(
        "conf.yaml:1:15: cache.mode: unknown value \"sharded\" (expected: single, ha, disabled)",
        refused("mode: sharded"));
  }

  @ParameterizedTest
  @CsvSource({"max_cost,0", "max_cost,-1", "num_counters,0", "num_counters,-5"})
  void figuresOfSingleMustBePositive(String key, String value) {
    String problem = refused("ristretto: {" + key + ": " + value + "}");
    assertTrue(problem.contains("cache.ristretto." + key + ": must be positive"), problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "~"})
  void bufferItemsFallBackToTheirDefault(String value) {
    assertEquals(64, cache("ristretto: {buffer_items: " + value + "}").local().bufferItems());
  }

  @Test
  void aNodeNeedsAnAddressAndAClientNeedsSome() {
    assertTrue(refused("mode: ha, olric: {embedded: true}").contains("bind_addr: is required"));
    assertTrue(refused("mode: ha").contains("cache.olric.addresses: is required"));
  }

  @Test
  void anUnknownEnvironmentIsRefusedWithTheValidOnes() {
    assertTrue(
        refused(NODE + ", environment: moon}")
            .endsWith("unknown value \"moon\" (expected: local, lan, wan)"));
    assertTrue(refused(NODE + ", environment: LAN}").contains("unknown value"));
  }

  @ParameterizedTest
  @CsvSource({"'\"\"',LOCAL", "local,LOCAL", "lan,LAN", "wan,WAN"})
  void environments(String text, Environment expected) {
    assertEquals(expected, cache(NODE + ", environment: " + text + "}").cluster().environment());
  }

  @ParameterizedTest
  @CsvSource({
    "'replica_count: 2, write_quorum: 3','write_quorum: is 3, more than replica_count 2'",
    "'replica_count: 2, read_quorum: 3','read_quorum: is 3, more than replica_count 2'",
    "write_quorum: 2,'write_quorum: is 2, more than replica_count 1'",
  })
  void noQuorumExceedsTheCopies(String settings, String message) {
    assertTrue(refused(NODE + ", " + settings + "}").endsWith(message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"member_count_quorum: -1", "leave_timeout: -5s", "replica_count: -1"})
  void negativeFiguresAreRefused(String setting) {
    assertTrue(refused(NODE + ", " + setting + "}").contains("must not be negative"));
  }

  @Test
  void threeCopiesAndQuorumsOfTwoAreValid() {
    var cluster = cache(NODE + ", replica_count: 3, read_quorum: 2, write_quorum: 2}").cluster();
    assertEquals(
        List.of(3, 2, 2),
        List.of(cluster.replicaCount(), cluster.readQuorum(), cluster.writeQuorum()));
  }

  @Test
  void defaultsOfTheLocalStoreAndOfTheCluster() {
    assertEquals(new Local(1_000_000, 100 << 20, 64), cache("").local());
    assertEquals(Cluster.DEFAULTS, cache("").cluster());
    assertEquals(
        new Cluster(
            false,
            "",
            List.of(),
            "cc-relay",
            Environment.LOCAL,
            List.of(),
            1,
            1,
            1,
            1,
            Duration.ofSeconds(5),
            ""),
        Cluster.DEFAULTS);
  }

  @Test
  void clientModeWithTwoAddressesIsValid() {
    var cluster = cache("mode: ha, olric: {addresses: [\"a:3320\", \"b:3320\"]}").cluster();
    assertEquals(List.of("a:3320", "b:3320"), cluster.addresses());
  }

  @Test
  void aProcessThatIsToJoinNeedsNeitherEmbeddedNorAddresses() {
    var member = Map.of("CC_RELAY_CLUSTER", "true");
    var bare = loaded(yaml("cache: {mode: ha}", member)).cache().cluster();
    assertTrue(bare.embedded());
    assertEquals("127.0.0.1:3320", bare.bindAddr());
    var placed = loaded(yaml("cache: {mode: ha, olric: {bind_addr: \":4000\"}}", member));
    assertTrue(placed.cache().cluster().embedded());
    assertEquals(":4000", placed.cache().cluster().bindAddr());
    assertTrue(problem(yaml("cache: {mode: ha}")).contains("start with -cluster"));
    assertEquals(CacheOptions.DEFAULTS, loaded(yaml("", member)).cache());
  }

  @Test
  void aProcessThatIsToJoinAndHasAddressesUsesThemAndIsWarned() {
    var result =
        yaml(
            "cache: {mode: ha, olric: {addresses: [\"a:3320\"]}}",
            Map.of("CC_RELAY_CLUSTER", "true"));
    assertFalse(loaded(result).cache().cluster().embedded());
    assertTrue(warnings(result).getFirst().contains("-cluster has no effect"));
  }

  @Test
  void zeroAndEmptyNeverOverrideDefaults() {
    var cluster =
        cache(
                NODE
                    + ", replica_count: 0, read_quorum: 0, write_quorum: 0, member_count_quorum: 0,"
                    + " dmap_name: \"\", leave_timeout: 0s, peers: [], environment: \"\"}")
            .cluster();
    assertEquals(cache(NODE + "}").cluster(), cluster);
    assertEquals("cc-relay", cluster.dmapName());
  }

  @Test
  void peersAtTheClientPortAreWarnedOf() {
    var result = yaml("cache: {" + NODE + ", peers: [\"b:3320\", \"c:3322\"]}}");
    assertEquals(1, Configs.warnings(result).size());
    assertTrue(
        Configs.warnings(result)
            .getFirst()
            .endsWith("\"b:3320\" names the client port; the membership port is 3322"));
    assertEquals(List.of("b:3320", "c:3322"), loaded(result).cache().cluster().peers());
  }

  @Test
  void aMembershipPortMustExist() {
    assertTrue(
        refused("mode: ha, olric: {embedded: true, bind_addr: \":65534\"}")
            .contains("above 65535"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "-1s", "31s"})
  void theDeadlineIsBounded(String deadline) {
    assertTrue(refused("deadline: " + deadline).endsWith("must be from 1ms to 30s"));
  }

  private static CacheOptions cache(String settings) {
    return loaded(yaml("cache: {" + settings + "}")).cache();
  }

  private static String refused(String settings) {
    return problem(yaml("cache: {" + settings + "}"));
  }
}
