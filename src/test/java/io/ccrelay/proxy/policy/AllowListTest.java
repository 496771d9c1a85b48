package io.ccrelay.proxy.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.upstream.Origin;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where documents may call. */
class AllowListTest {

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Future<String> ask(String origin, String resolved, String... entries) {
    var list = new AllowList(List.of(entries), _ -> Future.succeededFuture(address(resolved)));
    return list.addressOf(Origin.parse(origin).orElseThrow());
  }

  @Test
  void listedNameIsCalledAtTheAddressThatWasChecked() {
    assertEquals("93.184.216.34", ask("https://api.test", "93.184.216.34", "api.test").result());
    assertEquals("93.184.216.34", ask("https://a.b.test", "93.184.216.34", "*.b.test").result());
    assertEquals("10.0.0.1", ask("http://in.test:81", "10.0.0.1", "private:in.test:81").result());
  }

  @Test
  void nameIsResolvedOnceForEachCall() {
    var resolutions = new AtomicInteger();
    var list =
        new AllowList(
            List.of("api.test"),
            _ -> {
              resolutions.incrementAndGet();
              return Future.succeededFuture(address("93.184.216.34"));
            });

    list.addressOf(Origin.parse("https://api.test").orElseThrow());

    assertEquals(1, resolutions.get());
  }

  @ParameterizedTest(name = "{0} is not on the list")
  @ValueSource(
      strings = {
        "http://127.0.0.1",
        "http://127.1",
        "http://2130706433",
        "http://0x7f000001",
        "http://[::ffff:127.0.0.1]",
        "http://169.254.169.254",
        "https://api.test:444",
        "https://xapi.test",
        "https://api.test.evil.test",
        "https://b.test"
      })
  void unlistedDestinationIsRefusedBeforeItIsResolved(String origin) {
    var list =
        new AllowList(
            List.of("api.test:443", "*.b.test"),
            _ -> {
              throw new AssertionError("resolved");
            });
    var parsed = Origin.parse(origin);
    assertTrue(parsed.isEmpty() || list.addressOf(parsed.get()).failed());
  }

  @ParameterizedTest(name = "a listed name at {0} is refused, private: allows it {1}")
  @CsvSource({
    "127.0.0.1, true", "10.1.2.3, true", "172.16.0.1, true", "192.168.1.1, true",
    "100.64.0.1, true", "::1, true", "fd00::1, true", "169.254.169.254, false",
    "fe80::1, false", "0.0.0.0, false", "224.0.0.1, false", "255.255.255.255, true"
  })
  void listedNameThatChangesItsAddressIsRefused(String address, boolean privateAllows) {
    var refused = ask("https://api.test", address, "api.test");
    assertThrows(
        UpstreamException.class,
        () -> {
          throw refused.cause();
        });
    assertEquals(privateAllows, ask("https://api.test", address, "private:api.test").succeeded());
  }
}
