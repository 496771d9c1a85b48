package io.ccrelay.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterAddressTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1,10.0.0.1,0",
    "10.0.0.1:3320,10.0.0.1,3320",
    "[::1]:3320,::1,3320",
    "[::1],::1,0",
    "::1,::1,0",
    "cc-relay-2,cc-relay-2,0",
    "cc-relay-2:3322,cc-relay-2,3322",
    ":3320,'',3320",
    "'','',0",
    ":,'',0",
    "host:,host,0",
    "host:abc,host,0",
    "host:-1,host,0",
    "host:65536,host,0",
    "host:99999999999,host,0",
    "[::1]:x,::1,0",
  })
  void everyTextIsAnAddress(String text, String host, int port) {
    assertEquals(new ClusterAddress(host, port), ClusterAddress.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"host:4000,4000,4002", "host,3320,3322", "host:x,3320,3322"})
  void theMembershipPortIsTwoAboveTheClientPort(String text, int client, int membership) {
    var address = ClusterAddress.parse(text);
    assertEquals(client, address.clientPort());
    assertEquals(membership, address.membershipPort());
  }

  @Test
  void thereAreNoOtherPorts() {
    assertThrows(IllegalArgumentException.class, () -> new ClusterAddress("host", 65_536));
    assertThrows(IllegalArgumentException.class, () -> new ClusterAddress("host", -1));
  }
}
