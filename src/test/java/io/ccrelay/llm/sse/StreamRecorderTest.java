package io.ccrelay.llm.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ccrelay.cache.Bytes;
import io.ccrelay.llm.PassReason;
import io.ccrelay.llm.Route;
import io.ccrelay.llm.sse.Recording.Complete;
import io.ccrelay.llm.sse.Recording.Incomplete;
import io.ccrelay.testing.Streams;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StreamRecorderTest {

  private static final long ROOMY = 1 << 20;

  static Stream<Streams.Whole> whole() {
    return Streams.whole().stream();
  }

  @ParameterizedTest
  @MethodSource("whole")
  void aWholeStreamIsRecordedWithoutItsPings(Streams.Whole stream) {
    var complete = complete(stream.route(), List.of(stream.bytes()));
    assertEquals(Streams.withoutPings(stream.bytes()).toUtf8(), complete.body().toUtf8());
  }

  @ParameterizedTest
  @MethodSource("whole")
  void lineEndsStayWhatTheyWere(Streams.Whole stream) {
    for (var end : List.of("\r\n", "\r")) {
      var bytes = Streams.withLineEnds(stream.bytes(), end);
      var expected = Streams.withLineEnds(Streams.withoutPings(stream.bytes()), end);
      assertEquals(expected, complete(stream.route(), List.of(bytes)).body());
      assertEquals(expected, complete(stream.route(), Streams.bytewise(bytes)).body());
    }
  }

  @Property(tries = 100)
  void theRecordIsTheSameForEveryCut(
      @ForAll("wholeStreams") Streams.Whole stream, @ForAll List<Integer> cuts) {
    var expected = complete(stream.route(), List.of(stream.bytes()));
    assertEquals(expected, complete(stream.route(), Streams.cut(stream.bytes(), cuts)));
  }

  @Property(tries = 100)
  void theReplayOfTheRecordIsTheStreamWithoutPings(
      @ForAll("wholeStreams") Streams.Whole stream, @ForAll List<Integer> cuts) {
    var complete = complete(stream.route(), Streams.cut(stream.bytes(), cuts));
    var replay = new Replay(complete.body());
    var expected = Streams.withoutPings(stream.bytes()).toUtf8();
    assertEquals(expected, replay.whole().toUtf8());
    assertEquals(expected, joined(replay.events()));
  }

  @Property(tries = 200)
  void noPrefixOfAStreamIsComplete(
      @ForAll("wholeStreams") Streams.Whole stream, @ForAll int length) {
    var bytes = Streams.withoutPings(stream.bytes());
    var prefix = bytes.slice(0, Math.floorMod(length, bytes.size()));
    var reason =
        assertInstanceOf(Incomplete.class, record(stream.route(), List.of(prefix), ROOMY)).reason();
    assertEquals(PassReason.INCOMPLETE, reason);
  }

  @Provide
  Arbitrary<Streams.Whole> wholeStreams() {
    return Arbitraries.of(Streams.whole());
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic-cut, MESSAGES, INCOMPLETE",
    "anthropic-error, MESSAGES, ERROR",
    "openai-error, CHAT_COMPLETIONS, ERROR",
    "openai-chat, MESSAGES, UNREADABLE",
    "anthropic-text, CHAT_COMPLETIONS, UNREADABLE",
    "anthropic-text, RESPONSES, UNREADABLE",
  })
  void anUnsoundStreamGivesItsReason(String name, Route route, PassReason reason) {
    assertEquals(new Incomplete(reason), record(route, List.of(Streams.read(name)), ROOMY));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void nothingMayFollowTheTerminalEvent(Streams.Whole stream) {
    var more = Bytes.utf8("data: {}\n\n");
    assertEquals(
        new Incomplete(PassReason.UNREADABLE),
        record(stream.route(), List.of(stream.bytes(), more), ROOMY));
    assertEquals(
        new Incomplete(PassReason.INCOMPLETE),
        record(stream.route(), List.of(stream.bytes(), more.slice(0, 9)), ROOMY));
    assertEquals(
        new Incomplete(PassReason.UNREADABLE),
        record(stream.route(), List.of(stream.bytes(), stream.bytes()), ROOMY));
  }

  static Stream<Arguments> disorders() {
    return Stream.of(
        arguments("\"index\":2", "\"index\":1"),
        arguments("\"index\":1,\"content_block\"", "\"index\":3,\"content_block\""),
        arguments("\"index\":0,", "\"index\":-0,"),
        arguments("content_block_stop", "content_block_halt"),
        arguments("event: message_start", "event: message_begin"),
        arguments("event: message_start\n", ""),
        arguments("\"stop_reason\":\"tool_use\"", "\"stop_reason\":null"),
        arguments("\"type\":\"message_stop\"", "\"type\":\"message_end\""),
        arguments("{\"type\":\"message_stop\"}", "{\"type\":\"message_stop\",\"type\":1}"));
  }

  @ParameterizedTest
  @MethodSource("disorders")
  void aMessageOutOfOrderIsUnreadable(String part, String instead) {
    var stream = Streams.read("anthropic-tool-use").toUtf8();
    var broken = stream.replace(part, instead);
    assertFalse(stream.equals(broken));
    assertEquals(
        new Incomplete(PassReason.UNREADABLE),
        record(Route.MESSAGES, List.of(Bytes.utf8(broken)), ROOMY));
  }

  @Test
  void everyChoiceMustBeFinished() {
    var stream = Streams.read("openai-choices").toUtf8();
    int last = stream.lastIndexOf("\"finish_reason\":\"stop\"");
    var broken =
        stream.substring(0, last)
            + stream
                .substring(last)
                .replace("\"finish_reason\":\"stop\"", "\"finish_reason\":null");
    assertEquals(
        new Incomplete(PassReason.UNREADABLE),
        record(Route.CHAT_COMPLETIONS, List.of(Bytes.utf8(broken)), ROOMY));
  }

  @Test
  void aResponseThatEndsBeforeItsTimeIsTruncated() {
    var stream = Streams.read("responses-text").toUtf8();
    var cut = stream.replace("event: response.completed", "event: response.incomplete");
    assertEquals(
        new Incomplete(PassReason.TRUNCATED),
        record(Route.RESPONSES, List.of(Bytes.utf8(cut)), ROOMY));
    var failed = stream.replace("event: response.completed", "event: response.failed");
    assertEquals(
        new Incomplete(PassReason.ERROR),
        record(Route.RESPONSES, List.of(Bytes.utf8(failed)), ROOMY));
  }

  @Test
  void aStreamOfExactlyTheLimitIsRecorded() {
    var stream = Streams.read("anthropic-text");
    assertInstanceOf(Complete.class, record(Route.MESSAGES, List.of(stream), stream.size()));
    assertEquals(
        new Incomplete(PassReason.TOO_LARGE),
        record(Route.MESSAGES, List.of(stream), stream.size() - 1));
    assertEquals(
        new Incomplete(PassReason.TOO_LARGE),
        record(Route.MESSAGES, Streams.bytewise(stream), 100));
  }

  @Test
  void aStreamThatIsNotRecordedStillTellsItsBoundaries() {
    var recorder = new StreamRecorder(Route.MESSAGES, 10);
    assertFalse(recorder.started());
    recorder.feed(Bytes.utf8("data: 12345678\n"));
    assertFalse(recorder.atBoundary());
    recorder.feed(Bytes.utf8("\n"));
    assertTrue(recorder.atBoundary());
  }

  @Test
  void aPingStartsAStreamAndACommentDoesNot() {
    var recorder = new StreamRecorder(Route.MESSAGES, ROOMY);
    recorder.feed(Bytes.utf8(": hello\n\n"));
    assertFalse(recorder.started());
    recorder.feed(Ping.of(Route.MESSAGES.dialect(), true));
    assertTrue(recorder.started());
  }

  @Test
  void toolInputThatIsNoJsonIsAFactNotAFault() {
    var complete = complete(Route.MESSAGES, List.of(Streams.read("anthropic-broken-tool")));
    assertFalse(complete.facts().toolInputValid());
    assertTrue(complete.facts().toolUse());
  }

  @Test
  void theFactsAreThoseOfTheAnswer() {
    var facts = complete(Route.MESSAGES, List.of(Streams.read("anthropic-tool-use"))).facts();
    assertEquals("tool_use", facts.stopReason().orElseThrow());
    assertEquals(List.of("toolu_01T1x1fJ34qAmk2tNTrN7Up6", "toolu_02NoInput"), facts.toolIds());
    assertEquals(472, facts.usage().inputTokens());
    assertEquals(89, facts.usage().outputTokens());
    assertTrue(facts.toolInputValid());
  }

  @Test
  void bytesThatAreNoStreamHarmNobody() {
    for (var text : List.of("", "{}", "<html>\n\n", "data: \u0000\n\n", "data: [[[\n\n")) {
      for (var route : List.of(Route.MESSAGES, Route.CHAT_COMPLETIONS, Route.RESPONSES)) {
        assertInstanceOf(Incomplete.class, record(route, List.of(Bytes.utf8(text)), ROOMY));
      }
    }
    var deep = Bytes.utf8("data: " + "[".repeat(500_000) + "\n\n");
    assertInstanceOf(Incomplete.class, record(Route.CHAT_COMPLETIONS, List.of(deep), ROOMY));
  }

  @Test
  void aRouteWithoutStreamsHasNoRecorder() {
    assertThrows(IllegalArgumentException.class, () -> new StreamRecorder(Route.EMBEDDINGS, ROOMY));
  }

  private static Complete complete(Route route, List<Bytes> pieces) {
    return assertInstanceOf(Complete.class, record(route, pieces, ROOMY));
  }

  private static Recording record(Route route, List<Bytes> pieces, long limit) {
    var recorder = new StreamRecorder(route, limit);
    pieces.forEach(recorder::feed);
    return recorder.finish();
  }

  private static String joined(Iterator<Bytes> slices) {
    var joined = new ArrayList<String>();
    slices.forEachRemaining(slice -> joined.add(slice.toUtf8()));
    return String.join("", joined);
  }
}
