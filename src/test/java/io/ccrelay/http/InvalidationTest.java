package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.KEY;
import static io.ccrelay.testing.HttpMessages.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 section 4.4. */
class InvalidationTest {

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "FOO", "get"})
  void aMethodNotKnownToBeSafeInvalidatesItsTarget(String method) {
    for (int status : new int[] {200, 204, 299, 301, 399}) {
      assertEquals(Set.of(KEY), targets(method, status));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 199, 400, 404, 500, 599})
  void anErrorInvalidatesNothing(int status) {
    assertEquals(Set.of(), targets("POST", status, "Location", "/x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "REPORT", "SEARCH"})
  void aSafeMethodInvalidatesNothing(String method) {
    assertEquals(Set.of(), targets(method, 200, "Location", "/x"));
  }

  @Test
  void locationsOfTheSameOriginAreInvalidToo() {
    assertEquals(
        Set.of(KEY, key("/x"), key("/a/y?z")),
        targets("POST", 201, "Location", "http://ORIGIN.test:80/x", "Content-Location", "y?z"));
  }

  @Test
  void locationsOfOtherOriginsAreNotTouched() {
    for (String location :
        new String[] {
          "http://other.test/x",
          "https://origin.test/x",
          "http://origin.test:81/x",
          "ftp://a/b",
          "mailto:a@b",
          "http://[bad",
          "//other.test/a/b?c=d"
        }) {
      assertEquals(Set.of(KEY), targets("POST", 201, "Location", location), location);
      assertEquals(Set.of(KEY), targets("POST", 201, "Content-Location", location), location);
    }
  }

  private static HttpKey key(String target) {
    return HttpKey.of("http", "origin.test", target);
  }

  private static Set<HttpKey> targets(String method, int status, String... fields) {
    return Invalidation.targets(request(method), status, Fields.of(fields));
  }
}
