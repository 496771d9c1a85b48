package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 4.2.3, RFC 9111 section 2, RFC 3986 sections 5 and 6.2.2. */
class HttpKeyTest {

  @Test
  void getAndHeadShareTheirKey() {
    assertEquals("GET http://h/a?b", key("/a?b").text("GET"));
    assertEquals("GET http://h/a?b", key("/a?b").text("HEAD"));
    assertEquals("POST http://h/a?b", key("/a?b").text("POST"));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP, H, http://h/",
    "http, h:80, http://h/",
    "http, h:, http://h/",
    "http, h:443, http://h:443/",
    "https, h:443, https://h/",
    "https, h:80, https://h:80/",
    "http, [::1], http://[::1]/",
    "http, [::1]:80, http://[::1]/",
    "http, [::1]:8080, http://[::1]:8080/"
  })
  void schemeHostAndPortHaveOneSpelling(String scheme, String authority, String uri) {
    assertEquals(uri, HttpKey.of(scheme, authority, "").uri());
    assertEquals(uri, HttpKey.of(scheme, authority, "/").uri());
  }

  @ParameterizedTest
  @CsvSource({
    "/%7ea, /~a",
    "/%41%5A%61%7A%30%39%2d%2E%5f, /AZaz09-._",
    "/%2f%c3%bc, /%2F%C3%BC",
    "/%zz%4, /%zz%4",
    "/%, /%",
    "/%4, /%4",
    "/%2541, /%2541",
    "?q=%20, /?q=%20",
    "*, *",
    "/a/../b/./c//d, /a/../b/./c//d"
  })
  void escapesHaveOneSpellingAndNothingElseChanges(String target, String normal) {
    assertEquals(normal, key(target).target());
  }

  @Test
  void differentQueriesAreDifferentKeys() {
    assertNotEquals(key("/a"), key("/a?"));
    assertNotEquals(key("/a?b=1"), key("/a?b=2"));
    assertNotEquals(key("/a?b&c"), key("/a?c&b"));
    assertNotEquals(key("/A"), key("/a"));
    assertNotEquals(key("/a%2Fb"), key("/a/b"));
  }

  @Test
  void anOperatorMayLeaveOutParametersAndTheirOrder() {
    var rules = new QueryRules(Set.of("utm"), true);
    assertEquals(key("/a?b=1&c"), key("/a?utm=9&c&b=1&utm").withQuery(rules));
    assertEquals(key("/a"), key("/a?utm=9").withQuery(rules));
    assertEquals(
        key("/a?c&b=1"), key("/a?c&utm=1&b=1").withQuery(new QueryRules(Set.of("utm"), false)));
    var key = key("/a?c&b");
    assertSame(key, key.withQuery(QueryRules.EXACT));
    assertSame(key.target(), key.withQuery(QueryRules.EXACT).target());
    var plain = key("/a");
    assertSame(plain, plain.withQuery(rules));
  }

  @ParameterizedTest
  @CsvSource({
    "/x, http://h/x",
    "y, http://h/a/y",
    "../y?z, http://h/y?z",
    "?z, http://h/a/b?z",
    "#f, http://h/a/b?c",
    "/x#f, http://h/x",
    "//other/x, http://other/x",
    "HTTPS://Other:443, https://other/",
    "http://h?q, http://h/?q"
  })
  void referencesAreResolvedAgainstTheTarget(String reference, String uri) {
    assertEquals(Optional.of(uri), key("/a/b?c").resolve(reference).map(HttpKey::uri));
  }

  @Test
  void anEmptyReferenceIsTheTargetItself() {
    assertEquals(Optional.of(key("/a?b")), key("/a?b").resolve(""));
    assertEquals(Optional.of(key("/a?z")), key("/a").resolve("?z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mailto:a@b", "ftp://h/x", "http:opaque", "http://[x", "a b", "%"})
  void otherReferencesHaveNoKey(String reference) {
    assertEquals(Optional.empty(), key("/a").resolve(reference));
  }

  @Test
  void sameOriginMeansSchemeHostAndPort() {
    assertTrue(key("/a").isSameOrigin(key("/b")));
    assertFalse(key("/a").isSameOrigin(HttpKey.of("https", "h", "/a")));
    assertFalse(key("/a").isSameOrigin(HttpKey.of("http", "h:81", "/a")));
  }

  @Property
  void everyTargetHasAKeyThatHoldsNoEscapeOfALetter(
      @ForAll @Chars({'%', '4', '1', 'f', 'F', '/', '?'}) String target) {
    var key = key("/%41" + target + "%4F");
    assertTrue(key.target().startsWith("/A"));
    assertTrue(key.target().length() <= target.length() + 7);
  }

  private static HttpKey key(String target) {
    return HttpKey.of("http", "h", target);
  }
}
