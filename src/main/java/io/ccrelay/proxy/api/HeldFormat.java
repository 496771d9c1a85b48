package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.ContentRange;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.StoredResponse;
import io.ccrelay.http.Variant;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stored responses as cache entries. All variants of a target are one entry, whose body is a row of
 * entries, each behind its length (4 bytes, big-endian); times are absolute, so that every node of
 * a cluster works out the same age. Safe for use from any context.
 */
final class HeldFormat {

  private static final String REQUEST_TIME = "asked";
  private static final String LENGTH = "length";
  private static final String SUSPECT = "suspect";
  private static final String CONTENT = "content";
  private static final String SELECTING = "selecting";

  private HeldFormat() {}

  /** One response with its content as an entry. */
  static Entry single(Variant variant, Bytes content) {
    return entry(new Held(variant, new Held.Content.Inline(content)));
  }

  /** What {@link #single} was given; empty if {@code entry} is something else. */
  static Optional<Held> single(Entry entry, HttpCacheOptions rules) {
    try {
      return Optional.of(held(entry, rules));
    } catch (IllegalArgumentException | DateTimeException damaged) {
      return Optional.empty();
    }
  }

  /** The body of an entry that holds all of {@code held}. */
  static Bytes row(List<Held> held) {
    var row = new ByteArrayOutputStream();
    for (Held one : held) {
      Bytes bytes = EntryFormat.encode(entry(one));
      row.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.size()).array());
      bytes.writeTo(row);
    }
    return Bytes.owned(row.toByteArray());
  }

  /** What {@link #row} was given; nothing if the bytes are damaged. */
  static List<Held> row(Bytes row, HttpCacheOptions rules) {
    var all = new ArrayList<Held>();
    ByteBuffer lengths = row.asByteBuffer();
    int at = 0;
    while (row.size() - at >= Integer.BYTES) {
      int length = lengths.getInt(at);
      at += Integer.BYTES;
      if (length < 0 || length > row.size() - at) {
        return List.of();
      }
      Optional<Held> held =
          EntryFormat.decode(row.slice(at, at + length)).flatMap(entry -> single(entry, rules));
      if (held.isEmpty()) {
        return List.of();
      }
      all.add(held.get());
      at += length;
    }
    return List.copyOf(all);
  }

  private static Entry entry(Held held) {
    StoredResponse response = held.variant().response();
    var about = new HashMap<String, String>();
    about.put(REQUEST_TIME, response.requestTime().toString());
    about.put(LENGTH, Long.toString(response.length()));
    if (response.suspect()) {
      about.put(SUSPECT, "true");
    }
    if (!response.selecting().lines().isEmpty()) {
      about.put(SELECTING, text(response.selecting()));
    }
    Bytes body =
        switch (held.content()) {
          case Held.Content.Inline(Bytes bytes) -> bytes;
          case Held.Content.Apart(Key key) -> {
            about.put(CONTENT, key.hex());
            yield Bytes.empty();
          }
        };
    return new Entry(
        response.status(),
        Entry.Form.OPAQUE,
        response.responseTime(),
        Duration.ZERO,
        Duration.ZERO,
        response.fields(),
        List.of(),
        about,
        Usage.NONE,
        body);
  }

  private static Held held(Entry entry, HttpCacheOptions rules) {
    Map<String, String> about = entry.attributes();
    var response =
        new StoredResponse(
            entry.status(),
            entry.fields(),
            fields(about.getOrDefault(SELECTING, "")),
            Instant.parse(about.getOrDefault(REQUEST_TIME, "")),
            entry.storedAt(),
            Long.parseLong(about.getOrDefault(LENGTH, "")),
            part(entry),
            about.containsKey(SUSPECT));
    String apart = about.get(CONTENT);
    return new Held(
        Variant.of(response, rules),
        apart == null
            ? new Held.Content.Inline(entry.body())
            : new Held.Content.Apart(Key.ofHex(apart)));
  }

  private static Optional<ContentRange> part(Entry entry) {
    return entry.status() == 206
        ? entry.fields().joined("Content-Range").flatMap(ContentRange::parse)
        : Optional.empty();
  }

  /** A field value holds no line feed, whoever sent it. */
  private static String text(Fields fields) {
    var text = new StringBuilder();
    for (Field line : fields) {
      text.append(line.name()).append(':').append(line.value()).append('\n');
    }
    return text.toString();
  }

  private static Fields fields(String text) {
    var lines = new ArrayList<Field>();
    text.lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          lines.add(new Field(line.substring(0, colon), line.substring(colon + 1)));
        });
    return Fields.of(lines);
  }
}
