package io.ccrelay.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class EntryFormatTest {

  private static final Entry ENTRY =
      new Entry(
          200,
          Entry.Form.JSON,
          Instant.parse("2026-01-01T00:00:00.123456789Z"),
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          Fields.of(
              "Content-Type", "application/json", "x-empty", "", "X-Twice", "1", "X-Twice", "2"),
          List.of("tag", "another"),
          Map.of("model", "m-1", "provider", "p"),
          new Usage(1234, 567),
          Bytes.utf8("{\"ok\":true}"));

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("aZ0-_ :;,=\"é€汉").ofMaxLength(40),
        Arbitraries.of("", "content-type", "model", "Vary", "🗝", "x".repeat(300), "a\0b"));
  }

  @Provide
  Arbitrary<Duration> duration() {
    return Arbitraries.oneOf(
        Arbitraries.longs()
            .between(0, Duration.ofDays(36_500).toNanos() / 1000)
            .map(Duration::ofNanos),
        Arbitraries.of(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE)));
  }

  @Provide
  Arbitrary<Bytes> body() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Bytes::copyOf);
  }

  @Provide
  Arbitrary<Entry> entry() {
    var fields =
        Combinators.combine(text(), text()).as(Field::new).list().ofMaxSize(12).map(Fields::of);
    var when =
        Combinators.combine(
                Arbitraries.longs().between(-1L << 33, 1L << 34),
                Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    var usage = Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Usage::new);
    var before =
        Combinators.combine(
                Arbitraries.integers(),
                Arbitraries.of(Entry.Form.class),
                when,
                duration(),
                duration())
            .as((status, form, storedAt, freshFor, staleFor) ->
                new Entry(
                    status,
                    form,
                    storedAt,
                    freshFor,
                    staleFor,
                    Fields.none(),
                    List.of(),
                    Map.of(),
                    Usage.NONE,
                    Bytes.empty()));
    var tags = text().list().ofMaxSize(5);
    var attributes = Arbitraries.maps(text(), text()).ofMaxSize(5);
    return Combinators.combine(before, fields, tags, attributes, usage, body())
        .as((entry, lines, names, made, tokens, content) ->
            new Entry(
                entry.status(),
                entry.form(),
                entry.storedAt(),
                entry.freshFor(),
                entry.staleFor(),
                lines,
                names,
                made,
                tokens,
                content,
                content.size() % 2 == 0 ? entry.storedAt() : entry.storedAt().minusNanos(12_345)));
  }

  @Property
  void whatWasEncodedIsDecoded(@ForAll("entry") Entry entry) {
    Bytes encoded = EntryFormat.encode(entry);

    assertEquals(Optional.of(entry), EntryFormat.decode(encoded));
    assertEquals(encoded.size(), encoded.heldBytes());
  }

  @Property
  void whereTheBytesLieDoesNotMatter(@ForAll("entry") Entry entry, @ForAll("body") Bytes around) {
    byte[] encoded = EntryFormat.encode(entry).toArray();
    int margin = around.size();
    byte[] larger = new byte[encoded.length + 2 * margin];
    System.arraycopy(around.toArray(), 0, larger, 0, margin);
    System.arraycopy(encoded, 0, larger, margin, encoded.length);

    Bytes slice = Bytes.owned(larger).slice(margin, margin + encoded.length);

    assertEquals(Optional.of(entry), EntryFormat.decode(slice));
  }

  @Property
  void randomBytesAreNoEntry(@ForAll @Size(max = 400) byte[] random) {
    assertEquals(Optional.empty(), EntryFormat.decode(Bytes.copyOf(random)));
  }

  @Property
  void randomSectionsBehindAValidChecksumNeverThrow(@ForAll @Size(max = 200) byte[] sections) {
    var head = Arrays.copyOf(EntryFormat.encode(ENTRY).toArray(), EntryFormat.FIXED);
    byte[] whole = sealed(head, sections, new byte[0]);

    EntryFormat.decode(Bytes.owned(whole))
        .ifPresent(entry -> assertEquals(ENTRY.storedAt(), entry.storedAt()));
  }

  @Property
  void randomTimesBehindAValidChecksumNeverThrow(@ForAll @Size(64) byte[] fixed) {
    var head = Arrays.copyOf(EntryFormat.encode(ENTRY).toArray(), EntryFormat.FIXED);
    int rest = EntryFormat.FIXED - EntryFormat.PREAMBLE;
    System.arraycopy(fixed, 0, head, EntryFormat.PREAMBLE, Math.min(rest, fixed.length));

    EntryFormat.decode(Bytes.owned(sealed(head, new byte[0], new byte[0])))
        .ifPresent(entry -> assertEquals(ByteBuffer.wrap(fixed).getInt(), entry.status()));
  }

  @Example
  void everyCutIsNoEntry() {
    Bytes encoded = EntryFormat.encode(ENTRY);
    for (int size = 0; size < encoded.size(); size++) {
      assertEquals(Optional.empty(), EntryFormat.decode(encoded.slice(0, size)), "cut at " + size);
    }
  }

  @Example
  void bytesTooManyAreNoEntry() {
    byte[] encoded = EntryFormat.encode(ENTRY).toArray();

    assertEquals(
        Optional.empty(),
        EntryFormat.decode(Bytes.owned(Arrays.copyOf(encoded, encoded.length + 1))));
  }

  @Example
  void anyBitChangedInTheHeadIsNoEntry() {
    byte[] encoded = EntryFormat.encode(ENTRY).toArray();
    int head = encoded.length - ENTRY.body().size();
    for (int bit = 0; bit < head * 8; bit++) {
      byte[] damaged = encoded.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertEquals(Optional.empty(), EntryFormat.decode(Bytes.owned(damaged)), "bit " + bit);
    }
  }

  @Example
  void anotherVersionIsNoEntry() {
    byte[] head = Arrays.copyOf(EntryFormat.encode(ENTRY).toArray(), EntryFormat.FIXED);
    head[2] = 2;

    assertEquals(
        Optional.empty(), EntryFormat.decode(Bytes.owned(sealed(head, new byte[0], new byte[0]))));
  }

  @Example
  void aFormOfALaterVersionIsNoEntry() {
    byte[] head = Arrays.copyOf(EntryFormat.encode(ENTRY).toArray(), EntryFormat.FIXED);
    head[3] = 9;

    assertEquals(
        Optional.empty(), EntryFormat.decode(Bytes.owned(sealed(head, new byte[0], new byte[0]))));
  }

  @Example
  void sectionsOfUnknownKindAreSkipped() {
    byte[] head = Arrays.copyOf(EntryFormat.encode(ENTRY).toArray(), EntryFormat.FIXED);
    byte[] sections = {77, 3, 1, 2, 3, EntryFormat.TAGS, 2, 2, 'x', -1, 0};

    Entry entry =
        EntryFormat.decode(Bytes.owned(sealed(head, sections, new byte[] {42}))).orElseThrow();

    assertEquals(List.of("x"), entry.tags());
    assertEquals(Bytes.owned(new byte[] {42}), entry.body());
  }

  @Example
  void aLengthThatExceedsTheBytesAtHandIsNoEntry() {
    byte[] head = Arrays.copyOf(EntryFormat.encode(ENTRY).toArray(), EntryFormat.FIXED);
    for (byte[] sections :
        List.of(
            new byte[] {EntryFormat.TAGS, 5, 2, 'x'},
            new byte[] {EntryFormat.TAGS, 2, 18, 'x'},
            new byte[] {EntryFormat.TAGS, -1, -1, -1, -1, 7, 'x'},
            new byte[] {EntryFormat.TAGS, 5, -2, -1, -1, -1, 15},
            new byte[] {EntryFormat.TAGS, 5, -1, -1, -1, -1, 15},
            new byte[] {EntryFormat.TAGS, 1, 127},
            new byte[] {EntryFormat.TAGS, -1, -1, -1, -1, -1, -1, 1},
            new byte[] {EntryFormat.FIELDS, 2, 2, 'x'},
            new byte[] {EntryFormat.ATTRIBUTES, 4, 0, 0, 0, 0},
            new byte[] {EntryFormat.ATTRIBUTES})) {
      Bytes bytes = Bytes.owned(sealed(head, sections, new byte[0]));

      assertEquals(Optional.empty(), EntryFormat.decode(bytes), Arrays.toString(sections));
    }
  }

  @Example
  void theBodyIsNotCopied() {
    Bytes encoded = EntryFormat.encode(ENTRY);

    Bytes body = EntryFormat.decode(encoded).orElseThrow().body();

    assertEquals(ENTRY.body(), body);
    body.lend((array, offset, size) -> {
      encoded.lend((whole, start, length) -> {
        assertSame(whole, array);
        return true;
      });
      return true;
    });
  }

  @Example
  void theBytesSayWhatTheyAre() {
    byte[] encoded = EntryFormat.encode(ENTRY).toArray();

    assertArrayEquals(new byte[] {'C', 'R', 1}, Arrays.copyOf(encoded, 3));
    assertTrue(encoded.length < 250, "compact: " + encoded.length);
  }

  /** {@code head} with {@code sections}, right lengths and checksum, and {@code body}. */
  private static byte[] sealed(byte[] head, byte[] sections, byte[] body) {
    int length = head.length + sections.length + EntryFormat.CHECKSUM;
    var buffer = ByteBuffer.allocate(length + body.length).put(head).put(sections);
    buffer.putInt(4, length).putInt(8, body.length);
    int signed = buffer.position();
    buffer.putInt(EntryFormat.checksum(buffer.array(), 0, signed)).put(body);
    return buffer.array();
  }
}
