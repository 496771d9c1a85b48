package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestPartsTest {

  private static final String REQUEST =
      """
      {"model": "m", "max_tokens": 5, "system": "be brief", "metadata": {"user_id": "x"},
       "messages": [{"role": "user", "content": "one"}, {"role": "assistant", "content": "two"}],
       "tools": [{"name": "a"}]}\
      """;

  @Test
  void membersAndMessagesAreParts() {
    var parts = parts(REQUEST);
    assertEquals(
        Set.of("max_tokens", "system", "messages[0]", "messages[1]", "tools"),
        Set.copyOf(parts.names().list()),
        "the model is a part of its own, metadata does not count");
  }

  @Test
  void thePartThatDiffersIsNamed() {
    assertEquals(List.of(), differences(REQUEST.replace("\"x\"", "\"y\"")));
    assertEquals(List.of(), differences(REQUEST.replace("5,", "5.0,")));
    assertEquals(List.of("max_tokens"), differences(REQUEST.replace("5,", "6,")));
    assertEquals(List.of("system"), differences(REQUEST.replace("be brief", "be long")));
    assertEquals(List.of("messages[1]"), differences(REQUEST.replace("two", "three")));
    assertEquals(List.of("tools"), differences(REQUEST.replace("\"a\"", "\"b\"")));
    assertEquals(
        List.of("messages[2]"),
        differences(
            REQUEST.replace(
                "\"two\"}]", "\"two\"}, {\"role\": \"user\", \"content\": \"more\"}]")));
    assertEquals(
        List.of("temperature"),
        differences(REQUEST.replace("{\"model\"", "{\"temperature\": 0, \"model\"")));
  }

  @Test
  void theOrderOfMembersDoesNotMatter() {
    assertEquals(
        List.of(),
        differences(
            REQUEST
                .replace("\"max_tokens\": 5, ", "")
                .replace("\"tools\": [{", "\"max_tokens\": 5, \"tools\": [{")));
  }

  @Test
  void whatWasWrittenIsReadAgain() {
    var parts =
        parts(REQUEST).with(Map.of("scope", "s")).with(Map.of("header anthropic beta=\n", "v"));
    var again = RequestParts.decode(parts.encode());
    assertEquals(parts.names(), again.names());
    assertEquals(parts.encode(), again.encode());
    assertEquals(List.of(), parts.differences(again));
    assertTrue(RequestParts.decode("").isEmpty());
    assertTrue(RequestParts.decode("no parts here").isEmpty());
  }

  @Test
  void likenessCountsEqualPartsHoweverTheyWereAdded() {
    var some =
        parts(REQUEST)
            .with(Map.of("scope", "s"))
            .with(Map.of("header a", "1"))
            .with(Map.of("scope", "t"));
    var others =
        parts(REQUEST.replace("two", "three"))
            .with(Map.of("header a", "1"))
            .with(Map.of("path", "/p"));
    var read = RequestParts.decode(others.encode());
    int equal = 5;
    int differing = 2 + 2;
    assertEquals(equal - differing, some.likeness(others));
    assertEquals(equal - differing, some.likeness(read));
    assertEquals(equal - differing, others.likeness(some));
    assertEquals(7, some.likeness(RequestParts.decode(some.encode())));
    assertEquals(-7, some.likeness(RequestParts.none()));
  }

  @Test
  void theLikestHasMostInCommon() {
    var asked = parts(REQUEST);
    var near = parts(REQUEST.replace("be brief", "be long"));
    var far =
        parts("{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"one\"}]}");
    assertTrue(asked.likeness(near) > asked.likeness(far));
    assertTrue(asked.likeness(asked) > asked.likeness(near));
    for (RequestParts other : List.of(asked, near, far)) {
      int exact = asked.likeness(other);
      assertEquals(exact, asked.likeness(other, exact - 1));
      assertTrue(asked.likeness(other, exact) <= exact);
      assertTrue(asked.likeness(other, exact + 1) <= exact + 1);
    }
  }

  @Test
  void aBodyWithoutAKeyHasNoParts() {
    assertTrue(parts("[1]").isEmpty());
    assertTrue(parts("{\"a\": 1, \"a\": 2}").isEmpty());
    assertFalse(parts("{\"a\": 1}").isEmpty());
  }

  @Test
  void manyMessagesAreBoundedAndStillTellADifference() {
    var one = new StringBuilder("{\"messages\": [");
    for (int i = 0; i < 2000; i++) {
      one.append(i == 0 ? "" : ",").append("{\"content\": \"").append(i).append("\"}");
    }
    String request = one.append("]}").toString();
    var parts = parts(request);
    assertEquals(RequestParts.MOST + 1, parts.size());
    assertEquals(
        List.of("more"), parts.differences(parts(request.replace("\"1999\"", "\"changed\""))));
  }

  private static List<String> differences(String other) {
    return parts(REQUEST).differences(parts(other));
  }

  private static RequestParts parts(String body) {
    return RequestParts.of(Route.MESSAGES, Bytes.utf8(body), Recipe.BUILT_IN);
  }
}
