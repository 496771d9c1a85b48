package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import io.ccrelay.llm.JsonTokens.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTokensTest {

  private static final JsonFactory JACKSON = new JsonFactory();

  private static JsonToken last(JsonTokens tokens) {
    JsonToken token = tokens.next();
    while (token != JsonToken.END && token != JsonToken.FAULT) {
      token = tokens.next();
    }
    return token;
  }

  private static boolean accepts(byte[] json) {
    return last(new JsonTokens(json, 0, json.length)) == JsonToken.END;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{1:1}",
        "{\"a\":1]",
        "[1}",
        "01",
        "-",
        "-01",
        "+1",
        ".5",
        "1.",
        "1.e1",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "Infinity",
        "tru",
        "truE",
        "nul",
        "'a'",
        "\"a",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u123g\"",
        "\"\t\"",
        "\"\u0000\"",
        "1 1",
        "{} {}",
        "{}x",
        "[]]",
        "//x\n1",
        "\uFEFF{}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "\u00a01",
        "\f1"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertFalse(accepts(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " [ ] ",
        "0",
        "-0",
        "-0.0e-0",
        "1E+5",
        "true",
        "false",
        "null",
        "\"\"",
        "\"\\u0000\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "[[],{},[{}]]",
        "{\"a\":{\"b\":[1,2,{\"c\":null}]}}",
        "\"\u2028\u007f\ud83d\ude00\"",
        "\r\n\t 1 \r\n\t"
      })
  void jsonIsRead(String text) {
    assertTrue(accepts(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "c080",
    "c1bf",
    "e08080",
    "e09fbf",
    "eda080",
    "edbfbf",
    "f0808080",
    "f08fbfbf",
    "f4908080",
    "f5808080",
    "80",
    "bf",
    "c2",
    "e282",
    "f09f98",
    "ff",
    "fe",
    "c3c3",
    "e2c2a1"
  })
  void bytesThatAreNotUtf8AreRefused(String hex) {
    byte[] inside = HexFormat.of().parseHex(hex);
    byte[] json = new byte[inside.length + 2];
    System.arraycopy(inside, 0, json, 1, inside.length);
    json[0] = '"';
    json[json.length - 1] = '"';
    var tokens = new JsonTokens(json, 0, json.length);
    assertEquals(JsonToken.FAULT, last(tokens));
    assertEquals(Fault.ENCODING, tokens.fault());
  }

  @Test
  void everyCodePointIsReadAsItself() {
    for (int point = 0x20; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 97) {
      if (point == '"' || point == '\\' || (point >= 0xd800 && point <= 0xdfff)) {
        continue;
      }
      String text = Character.toString(point);
      byte[] json = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
      var tokens = new JsonTokens(json, 0, json.length);
      assertEquals(JsonToken.STRING, tokens.next());
      assertEquals(text, tokens.text());
    }
  }

  @Test
  void spansAreExactWhereverTheDocumentLies() {
    byte[] bytes = "xx{\"a\\n\": [ -1.5e3 , \"bé\"]}yy".getBytes(StandardCharsets.UTF_8);
    var tokens = new JsonTokens(bytes, 2, bytes.length - 4);
    assertEquals(JsonToken.OBJECT_START, tokens.next());
    assertEquals(JsonToken.NAME, tokens.next());
    assertEquals("a\n", tokens.text());
    assertEquals(JsonToken.ARRAY_START, tokens.next());
    assertEquals(2, tokens.depth());
    assertEquals(JsonToken.NUMBER, tokens.next());
    assertEquals("-1.5e3", tokens.text());
    assertEquals(JsonToken.STRING, tokens.next());
    assertEquals("bé", tokens.text());
    assertEquals('"', bytes[tokens.from() - 1]);
    assertEquals('"', bytes[tokens.to()]);
    assertEquals(JsonToken.ARRAY_END, tokens.next());
    assertEquals(JsonToken.OBJECT_END, tokens.next());
    assertEquals(JsonToken.END, tokens.next());
    assertEquals(JsonToken.END, tokens.next());
  }

  @Test
  void depthCostsNoStack() {
    byte[] json =
        ("[".repeat(1_000_000) + "]".repeat(1_000_000)).getBytes(StandardCharsets.US_ASCII);
    assertTrue(accepts(json));
  }

  @Property(tries = 2000)
  void acceptsWhatJacksonAcceptsAmongUtf8(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    byte[] json = new RandomJson(seed).shortDocument().getBytes(StandardCharsets.UTF_8);
    // Jackson refuses lone surrogates in names, RFC 8259 section 8.2 does not.
    Assume.that(!show(json).contains("\\uD"));
    String alphabet = "{}[],:\"\\ \n0123456789.eE+-truefalsn\u0001é";
    for (int i = random.nextInt(3); i > 0 && json.length > 0; i--) {
      json[random.nextInt(json.length)] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
    }
    assertEquals(isUtf8(json) && jacksonAccepts(json), accepts(json), () -> show(json));
  }

  @Property(tries = 1000)
  void anyBytesEndInEndOrFault(@ForAll byte[] bytes) {
    var tokens = new JsonTokens(bytes, 0, bytes.length);
    JsonToken end = last(tokens);
    assertEquals(end, tokens.next());
  }

  private static String show(byte[] json) {
    return new String(json, StandardCharsets.ISO_8859_1);
  }

  private static boolean isUtf8(byte[] json) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean jacksonAccepts(byte[] json) throws IOException {
    try (var parser = JACKSON.createParser(new String(json, StandardCharsets.UTF_8))) {
      int values = 0;
      while (parser.nextToken() != null) {
        values += parser.getParsingContext().inRoot() ? 1 : 0;
        parser.getText();
      }
      return values > 0 && rootIsOne(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return false;
    }
  }

  /** Jackson reads a sequence of values; the relay reads one. */
  private static boolean rootIsOne(byte[] json) throws IOException {
    try (var parser = JACKSON.createParser(new String(json, StandardCharsets.UTF_8))) {
      parser.nextToken();
      parser.skipChildren();
      parser.getText();
      return parser.nextToken() == null;
    }
  }
}
