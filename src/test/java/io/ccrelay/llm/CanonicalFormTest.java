package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalFormTest {

  private static Bytes digest(String value) {
    var parsed =
        ChatRequest.parse(Route.MESSAGES, Bytes.utf8("{\"v\":" + value + "}"), Recipe.BUILT_IN);
    if (!(parsed instanceof Parsed.Understood(ChatRequest request))) {
      throw new AssertionError(parsed + " for " + value);
    }
    assertEquals(Optional.empty(), request.bypass(), value);
    return request.digest();
  }

  @Property(tries = 500)
  void everySpellingOfAValueHasTheSameDigest(@ForAll long seed) {
    var json = new RandomJson(seed);
    Object value = json.value(4);
    assertEquals(digest(json.write(value)), digest(json.write(value)));
  }

  @Property(tries = 1000)
  void digestsAreEqualExactlyIfValuesAre(@ForAll long seed) {
    var json = new RandomJson(seed);
    Object one = json.value(2);
    Object other = json.value(2);
    assertEquals(one.equals(other), digest(json.write(one)).equals(digest(json.write(other))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1|1.0",
        "1|1e0",
        "1|10e-1",
        "100|1E+2",
        "0|0.000",
        "0|0e99999999999",
        "-0|-0.0",
        "1.50|15e-1",
        "\"a\"|\"\\u0061\"",
        "\"\\/\"|\"/\"",
        "\"é\"|\"\\u00e9\"",
        "\"\\n\"|\"\\u000A\"",
        "{\"a\":1,\"b\":2}|{ \"b\" : 2 , \"a\" : 1 }",
        "[]|[ ]",
        "{}|{ }"
      })
  void equalValuesAreEqual(String one, String other) {
    assertEquals(digest(one), digest(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0|-0",
        "1|\"1\"",
        "9007199254740992|9007199254740993",
        "0.1|0.10000000000000001",
        "1e400|1e401",
        "1e9999999999|1e9999999998",
        "null|false",
        "null|\"null\"",
        "[]|{}",
        "[[],[]]|[[[]]]",
        "[\"a\",\"b\"]|[\"ab\"]",
        "[\"a\",\"b\"]|[\"a,b\"]",
        "[1,2]|[12]",
        "[1,2]|[2,1]",
        "{\"a\":\"b\"}|{\"b\":\"a\"}",
        "{\"a\":{\"b\":1}}|{\"a\":{},\"b\":1}",
        "{\"ab\":\"c\"}|{\"a\":\"bc\"}",
        "\"\\u00e9\"|\"e\\u0301\"",
        "\"\\ud800\"|\"\\ufffd\"",
        "\"\\ud800\"|\"\\udc00\"",
        "\"\\udc00\\ud800\"|\"\\ud800\\udc00\"",
        "\"a\"|\"A\"",
        "\"a\"|\"a \""
      })
  void valuesThatOnlyLookAlikeDiffer(String one, String other) {
    assertNotEquals(digest(one), digest(other));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 100_000})
  void aLongStringDiffersFromItsDigestAndFromItsNeighbours(int length) {
    String text = "x".repeat(length);
    assertNotEquals(digest('"' + text + '"'), digest('"' + text + "x\""));
    assertEquals(digest('"' + text + "y\""), digest('"' + text + "\\u0079\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"b\":2,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"metadata\":1,\"metadata\":2}",
        "{\"model\":\"m\",\"model\":\"n\"}",
        "{\"x\":[{\"b\":0,\"a\":0,\"b\":0}]}"
      })
  void duplicateNamesAreRefusedWhereverTheyAre(String body) {
    assertEquals(
        new Parsed.Unreadable(BypassReason.DUPLICATE_KEY),
        ChatRequest.parse(Route.MESSAGES, Bytes.utf8(body), Recipe.BUILT_IN));
  }

  @Test
  void aLongDuplicateNameIsRefused() {
    String name = "\"" + "n".repeat(5000) + "\"";
    assertEquals(
        new Parsed.Unreadable(BypassReason.DUPLICATE_KEY),
        ChatRequest.parse(
            Route.MESSAGES,
            Bytes.utf8("{" + name + ":1,\"a\":2," + name + ":3}"),
            Recipe.BUILT_IN));
  }

  @Test
  void manyMembersAreOrderedLikeFew() {
    Map<Integer, String> members =
        IntStream.range(0, 1000)
            .boxed()
            .collect(
                Collectors.toMap(i -> i, i -> "\"k" + i * 7919 % 1000 + "\":" + i * 7919 % 1000));
    String ascending =
        members.values().stream().sorted().collect(Collectors.joining(",", "{", "}"));
    String scattered = members.values().stream().collect(Collectors.joining(",", "{", "}"));
    assertEquals(digest(ascending), digest(scattered));
  }

  @Test
  void orderingHasABound() {
    var body = new StringBuilder("{");
    for (int i = 300_000; i > 0; i--) {
      body.append("\"").append(i).append("\":0,");
    }
    var parsed =
        ChatRequest.parse(Route.MESSAGES, Bytes.utf8(body + "\"model\":\"m\"}"), Recipe.BUILT_IN);
    assertTrue(parsed instanceof Parsed.Understood, parsed::toString);
    var request = ((Parsed.Understood) parsed).request();
    assertEquals(Optional.of(BypassReason.TOO_COMPLEX), request.bypass());
    assertEquals(Optional.of("m"), request.model());
  }
}
