package io.ccrelay.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URL templates of operations. */
class UrlTemplateTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/items/{id}, /items/5, {id=5}",
        "/items/{id}, /ITEMS/a%20b/, {id=a b}",
        "/items/{id}, /items, -",
        "/items/{id}, /items/5/6, -",
        "/, /, {}",
        "/, '', {}",
        "/a/{b}/c/{d}, /a/1/c/2, '{b=1, d=2}'",
        "/v{n}.json, /v12.json, {n=12}",
        "/v{n}.json, /v.json, -",
        "'/{a},{b}', '/1,2', '{a=1, b=2}'",
        "'/{a}-{b}', /1-2-3, '{a=1, b=2-3}'",
        "/*, /anything/at/all, {}",
        "/*, /, {}",
        "/x/{*rest}, /x/a/b%2Fc, {rest=a/b/c}",
        "/x/{*rest}, /x, {rest=}",
        "/x/{*rest}, /y/a, -",
        "/{a}, /%zz, {a=%zz}",
        "/{a}, /%C3%A9, {a=é}"
      })
  void pathsMatchByTheirSegments(String template, String path, String parameters) {
    var matched = UrlTemplate.parse(template).match(path, "");
    assertEquals(Optional.ofNullable(parameters), matched.map(Object::toString));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/f?lang={lang}, lang=de, {lang=de}",
        "/f?lang={lang}, x=1, {}",
        "/f?lang={l}&v={v}, v=a+b&lang=%41, '{l=A, v=a b}'",
        "/f?op=x, op=x, {}",
        "/f?op=x, op=y, -"
      })
  void theQueryOfATemplateNamesParameters(String template, String query, String parameters) {
    var matched = UrlTemplate.parse(template).match("/f", query);
    assertEquals(Optional.ofNullable(parameters), matched.map(Object::toString));
  }

  @Test
  void theNamesOfItsQueryAreDeclared() {
    assertEquals(Set.of("lang", "v"), UrlTemplate.parse("/f?lang={l}&v=1").declaredQuery());
    assertEquals(Set.of(), UrlTemplate.parse("/f").declaredQuery());
  }

  @ParameterizedTest
  @CsvSource({"/a/b,/a/{x}", "/a/v{x},/a/{x}", "/a/{x},/a/*", "/a/b/{x},/a/*", "/{x},/{*r}"})
  void theMoreSpecialTemplateComesFirst(String special, String general) {
    assertTrue(UrlTemplate.parse(special).compareTo(UrlTemplate.parse(general)) < 0);
    assertTrue(UrlTemplate.parse(general).compareTo(UrlTemplate.parse(special)) > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/{", "/{}", "/a{b", "/{a b}"})
  void whatIsNoTemplateIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> UrlTemplate.parse(text));
  }
}
