package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.StructuredFields.Bare;
import io.ccrelay.http.StructuredFields.Binary;
import io.ccrelay.http.StructuredFields.Date;
import io.ccrelay.http.StructuredFields.Decimal;
import io.ccrelay.http.StructuredFields.DisplayText;
import io.ccrelay.http.StructuredFields.InnerList;
import io.ccrelay.http.StructuredFields.Item;
import io.ccrelay.http.StructuredFields.Member;
import io.ccrelay.http.StructuredFields.Text;
import io.ccrelay.http.StructuredFields.Token;
import io.ccrelay.http.StructuredFields.Truth;
import io.ccrelay.http.StructuredFields.Whole;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9651 sections 3.2 and 4.2. */
class StructuredFieldsTest {

  private static final Item TRUE = new Item(new Truth(true), Map.of());

  @Test
  void anEmptyFieldIsAnEmptyDictionary() {
    assertEquals(Optional.of(Map.of()), StructuredFields.dictionary(""));
    assertEquals(Optional.of(Map.of()), StructuredFields.dictionary("   "));
  }

  @Test
  void aKeyWithoutValueIsTrue() {
    assertEquals(Map.of("a", TRUE, "*b-c_.1", TRUE), read("a,*b-c_.1"));
  }

  @Test
  void blanksAreAllowedAroundCommasOnly() {
    assertEquals(Map.of("a", item(new Whole(1)), "b", TRUE), read("  a=1 \t, \t b \t"));
  }

  @Test
  void theLastOfEqualKeysCounts() {
    assertEquals(Map.of("a", item(new Whole(2)), "b", TRUE), read("a=1, b, a=2"));
  }

  @Test
  void wholeNumbersHaveUpToFifteenDigits() {
    assertEquals(new Whole(0), bare("0"));
    assertEquals(new Whole(-42), bare("-42"));
    assertEquals(new Whole(0), bare("-0"));
    assertEquals(new Whole(42), bare("00042"));
    assertEquals(new Whole(999_999_999_999_999L), bare("999999999999999"));
    assertEquals(new Whole(-999_999_999_999_999L), bare("-999999999999999"));
  }

  @Test
  void decimalsHaveUpToTwelveAndThreeDigits() {
    assertEquals(new Decimal(new BigDecimal("4.5")), bare("4.5"));
    assertEquals(new Decimal(new BigDecimal("-0.125")), bare("-0.125"));
    assertEquals(new Decimal(new BigDecimal("123456789012.123")), bare("123456789012.123"));
  }

  @Test
  void stringsEscapeQuoteAndBackslash() {
    assertEquals(new Text("a \"b\" \\ c~"), bare("\"a \\\"b\\\" \\\\ c~\""));
    assertEquals(new Text(""), bare("\"\""));
  }

  @Test
  void tokensBeginWithALetterOrAStar() {
    assertEquals(new Token("foo123/456:x"), bare("foo123/456:x"));
    assertEquals(new Token("*/*"), bare("*/*"));
    assertEquals(new Token("A!#$%&'*+-.^_`|~z"), bare("A!#$%&'*+-.^_`|~z"));
  }

  @Test
  void byteSequencesAreBase64WithOrWithoutPadding() {
    assertEquals(new Binary("aGVsbG8="), bare(":aGVsbG8=:"));
    assertEquals(new Binary("aGVsbG8="), bare(":aGVsbG8:"));
    assertEquals(new Binary(""), bare("::"));
  }

  @Test
  void truthValuesAreZeroOrOne() {
    assertEquals(new Truth(true), bare("?1"));
    assertEquals(new Truth(false), bare("?0"));
  }

  @Test
  void datesAreWholeSeconds() {
    assertEquals(new Date(Instant.ofEpochSecond(1659578233)), bare("@1659578233"));
    assertEquals(new Date(Instant.ofEpochSecond(-1)), bare("@-1"));
  }

  @Test
  void displayStringsArePercentEncodedUtf8() {
    assertEquals(
        new DisplayText("f\u00fc\u00fc % \u20ac"), bare("%\"f%c3%bc%c3%bc %25 %e2%82%ac\""));
  }

  @Test
  void innerListsHoldItemsWithParameters() {
    assertEquals(
        new InnerList(
            List.of(
                new Item(new Text("a"), Map.of("x", new Whole(1))),
                new Item(new Token("b"), Map.of())),
            Map.of("y", new Truth(true), "z", new Token("t"))),
        read("k=(  \"a\";x=1   b );y;  z=t").get("k"));
    assertEquals(new InnerList(List.of(), Map.of()), read("k=()").get("k"));
  }

  @Test
  void parametersFollowKeysWithoutValue() {
    assertEquals(
        Map.of("a", new Item(new Truth(true), Map.of("p", new Whole(2)))), read("a;p=1; p=2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "a,",
        "a,,b",
        ",a",
        "a b",
        "=1",
        "1=a",
        "-a",
        "a =1",
        "a= 1",
        "a=",
        "a=1,",
        "a=1 b",
        "a;",
        "a;P",
        "a ;p",
        "a;p =1",
        "a;p= 1",
        "a=1.",
        "a=.5",
        "a=-",
        "a=--1",
        "a=+1",
        "a=1.2345",
        "a=1234567890123.1",
        "a=1234567890123456",
        "a=1.5.5",
        "a=\"x",
        "a=\"\\x\"",
        "a=\"\\",
        "a=\"\u00e9\"",
        "a=\"\u007f\"",
        "a=\"\t\"",
        "a=:abc",
        "a=:a:",
        "a=:a!b=:",
        "a=:a\u00e9==:",
        "a=?",
        "a=?2",
        "a=?true",
        "a=@",
        "a=@1.5",
        "a=@x",
        "a=%x\"",
        "a=%\"x",
        "a=%\"%C3%BC\"",
        "a=%\"%c3\"",
        "a=%\"%g0\"",
        "a=%\"%1",
        "a=%\"\u00e9\"",
        "a=(",
        "a=(1",
        "a=(1\t2)",
        "a=(1,2)",
        "a=(1(2))",
        "a=(1)2",
        "a=\u00e9",
        "\u00e9",
        "a={}",
        "a='x'"
      })
  void oneMalformedMemberFailsTheWholeField(String value) {
    assertEquals(Optional.empty(), StructuredFields.dictionary(value));
    assertEquals(Optional.empty(), StructuredFields.dictionary("ok=1, " + value));
  }

  @Test
  void aTabBeforeTheFirstKeyIsMalformed() {
    assertEquals(Optional.empty(), StructuredFields.dictionary("\ta"));
  }

  @Property
  void everyTextIsReadWithoutFailure(@ForAll String text) {
    assertEquals(StructuredFields.dictionary(text), StructuredFields.dictionary(text + " "));
  }

  @Property
  void textsThatAreNearlyFieldsAreReadWithoutFailure(
      @ForAll
          @AlphaChars
          @NumericChars
          @Chars({'"', '\\', ',', '=', ' ', ';', '(', ')', '?', '@', '%', ':', '.', '-', '*'})
          String text) {
    StructuredFields.dictionary("k=" + text)
        .ifPresent(members -> assertTrue(members.containsKey("k")));
  }

  @Property
  void wholeNumbersSurvive(
      @ForAll @LongRange(min = -999_999_999_999_999L, max = 999_999_999_999_999L) long number) {
    assertEquals(new Whole(number), bare(Long.toString(number)));
  }

  private static Bare bare(String text) {
    return ((Item) read("k=" + text).get("k")).value();
  }

  private static Item item(Bare value) {
    return new Item(value, Map.of());
  }

  private static Map<String, Member> read(String value) {
    return StructuredFields.dictionary(value).orElseThrow();
  }
}
