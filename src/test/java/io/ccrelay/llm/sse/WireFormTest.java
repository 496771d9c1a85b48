package io.ccrelay.llm.sse;

import static io.ccrelay.cache.Entry.Form.EVENT_STREAM;
import static io.ccrelay.cache.Entry.Form.JSON;
import static io.ccrelay.cache.Entry.Form.OPAQUE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.Route;
import io.ccrelay.testing.JsonValue;
import io.ccrelay.testing.Streams;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireFormTest {

  private static final Bytes MESSAGE = Streams.read("anthropic-text");
  private static final Bytes CHAT = Streams.read("openai-chat");
  private static final Bytes CHAT_WITH_USAGE = Streams.read("openai-chat-usage");

  @Test
  void theFormStoredIsServedAsItIs() {
    var json = Bytes.utf8("{}");
    assertSame(json, WireForm.serve(JSON, json, Route.MESSAGES, false, false).orElseThrow());
    assertSame(json, WireForm.serve(OPAQUE, json, Route.EMBEDDINGS, false, false).orElseThrow());
    assertSame(
        MESSAGE, WireForm.serve(EVENT_STREAM, MESSAGE, Route.MESSAGES, true, true).orElseThrow());
  }

  @Test
  void aStreamServesAJsonRequestAndTheReverse() {
    var json = WireForm.serve(EVENT_STREAM, MESSAGE, Route.MESSAGES, false, false).orElseThrow();
    var stream = WireForm.serve(JSON, json, Route.MESSAGES, true, false).orElseThrow();
    assertTrue(stream.toUtf8().startsWith("event: message_start\n"));
    assertEquals(
        JsonValue.of(json),
        JsonValue.of(
            WireForm.serve(EVENT_STREAM, stream, Route.MESSAGES, false, false).orElseThrow()));
  }

  @Test
  void bytesNobodyCanReadServeNoStream() {
    var bytes = Bytes.utf8("?");
    assertEquals(Optional.empty(), WireForm.serve(OPAQUE, bytes, Route.MESSAGES, true, false));
    assertEquals(Optional.empty(), WireForm.serve(JSON, bytes, Route.MESSAGES, true, false));
    assertEquals(
        Optional.empty(), WireForm.serve(EVENT_STREAM, bytes, Route.MESSAGES, false, false));
  }

  @Test
  void usageThatWasNotAskedForIsLeftOut() {
    var served = chat(CHAT_WITH_USAGE, true, false).orElseThrow().toUtf8();
    assertFalse(served.contains("prompt_tokens"), served);
    assertTrue(served.endsWith("data: [DONE]\n\n"));
    assertSame(CHAT, chat(CHAT, true, false).orElseThrow());
  }

  @Test
  void usageInTheLastChunkOfAChoiceIsLeftOutAlone() {
    var served = chat(Streams.read("openai-reasoning"), true, false).orElseThrow();
    assertFalse(served.toUtf8().contains("prompt_tokens"));
    assertTrue(Fold.toJson(Route.CHAT_COMPLETIONS, served).isPresent());
  }

  @Test
  void usageAskedForMustHaveBeenRecorded() {
    assertSame(CHAT_WITH_USAGE, chat(CHAT_WITH_USAGE, true, true).orElseThrow());
    assertEquals(Optional.empty(), chat(CHAT, true, true));
  }

  @Test
  void aJsonAnswerAlwaysTellsItsUsage() {
    assertTrue(chat(CHAT_WITH_USAGE, false, false).isPresent());
    assertEquals(Optional.empty(), chat(CHAT, false, false));
  }

  @Test
  void textThatTalksOfUsageIsNoUsage() {
    var stream =
        Bytes.utf8(
            CHAT.toUtf8()
                .replace("\"Hello\"", "\"\\\"usage\\\":{}\"")
                .replace("\"choices\":", "\"x\":{\"usage\":{}},\"choices\":"));
    assertSame(stream, chat(stream, true, false).orElseThrow());
    assertEquals(Optional.empty(), chat(stream, true, true));
  }

  private static Optional<Bytes> chat(Bytes stream, boolean wantStream, boolean includeUsage) {
    return WireForm.serve(EVENT_STREAM, stream, Route.CHAT_COMPLETIONS, wantStream, includeUsage);
  }
}
