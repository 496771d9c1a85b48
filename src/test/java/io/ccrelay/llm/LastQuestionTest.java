package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.LastQuestion.Asked;
import io.ccrelay.llm.LastQuestion.Reason;
import io.ccrelay.llm.LastQuestion.Unfit;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The last question of a request is found, and everything else is what it is asked in")
class LastQuestionTest {

  private static LastQuestion of(Route route, String body) {
    return LastQuestion.of(route, Bytes.utf8(body));
  }

  private static void unfit(Reason reason, String body) {
    assertEquals(new Unfit(reason), of(Route.CHAT_COMPLETIONS, body));
  }

  @Test
  void aStringOfTheUserIsTheQuestionAndIsLeftOutOfWhatIsAround() {
    var asked =
        assertInstanceOf(
            Asked.class,
            of(
                Route.MESSAGES,
                "{\"system\":\"be brief\",\"messages\":[{\"role\":\"user\",\"content\":\"Why \\u0041?\"}]}"));
    assertEquals("Why A?", asked.text());
    assertEquals(1, asked.messages());
    assertEquals(
        "{\"system\":\"be brief\",\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}",
        asked.around().toUtf8());
  }

  @Test
  void whatWasSaidBeforeStaysAround() {
    var asked =
        assertInstanceOf(
            Asked.class,
            of(
                Route.CHAT_COMPLETIONS,
                "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                    + "{\"content\":[{\"text\":\"q\",\"type\":\"text\"}],\"role\":\"user\"}]}"));
    assertEquals("q", asked.text());
    assertEquals(2, asked.messages());
    assertEquals(
        "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
            + "{\"content\":[{\"text\":\"\",\"type\":\"text\"}],\"role\":\"user\"}]}",
        asked.around().toUtf8());
  }

  @Test
  void theResponsesApiTakesAStringOrItems() {
    assertInstanceOf(Asked.class, of(Route.RESPONSES, "{\"input\":\"hello?\"}"));
    assertInstanceOf(
        Asked.class,
        of(
            Route.RESPONSES,
            "{\"input\":[{\"type\":\"message\",\"role\":\"user\","
                + "\"content\":[{\"type\":\"input_text\",\"text\":\"q\"}]}]}"));
    assertEquals(
        new Unfit(Reason.NOT_TEXT),
        of(Route.RESPONSES, "{\"input\":[{\"type\":\"function_call_output\",\"output\":\"x\"}]}"));
  }

  @Test
  void toolsImagesAndOtherThingsThanTextAreUnfit() {
    String user = "{\"role\":\"user\",\"content\":\"q\"}";
    unfit(Reason.TOOLS, "{\"tools\":[{\"type\":\"function\"}],\"messages\":[" + user + "]}");
    unfit(
        Reason.NOT_TEXT,
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}," + user + "]}");
    unfit(
        Reason.NOT_TEXT,
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}," + user + "]}");
    unfit(Reason.NOT_TEXT, "{\"messages\":[\"q\"]}");
  }

  @Test
  void withoutOneTextOfTheUserAtTheEndThereIsNoQuestion() {
    unfit(Reason.NO_QUESTION, "{\"messages\":[]}");
    unfit(Reason.NO_QUESTION, "{\"messages\":[{\"role\":\"assistant\",\"content\":\"q\"}]}");
    unfit(Reason.NO_QUESTION, "{\"messages\":[{\"role\":\"user\",\"content\":\"  \"}]}");
    unfit(
        Reason.NO_QUESTION,
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
            + "{\"type\":\"text\",\"text\":\"b\"}]}]}");
    assertEquals(new Unfit(Reason.ROUTE), of(Route.EMBEDDINGS, "{\"input\":\"x\"}"));
  }

  @Test
  void theWordsOfAnswersAreFound() {
    assertEquals(
        "a\nb",
        AnswerText.of(
            Route.MESSAGES,
            Bytes.utf8(
                "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"text\":\"b\"}],\"text\":\"no\"}")));
    assertEquals(
        "c",
        AnswerText.of(
            Route.CHAT_COMPLETIONS,
            Bytes.utf8(
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"c\"}}]}")));
    assertEquals("", AnswerText.of(Route.EMBEDDINGS, Bytes.utf8("{}")));
  }

  @Property(tries = 200)
  void anyBytesAreRead(@ForAll byte[] bytes) {
    LastQuestion.of(Route.MESSAGES, Bytes.copyOf(bytes));
    AnswerText.of(
        Route.MESSAGES,
        Bytes.copyOf(
            new String(bytes, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8)));
  }
}
