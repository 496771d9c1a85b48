package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryFitTest {

  private static final Instant STORED = Instant.parse("2026-01-01T00:00:00Z");

  private static final Entry ENTRY =
      new Entry(
          200,
          Entry.Form.JSON,
          STORED,
          Duration.ofSeconds(100),
          Duration.ofSeconds(100),
          Fields.none(),
          List.of(),
          Map.of(),
          Usage.NONE,
          Bytes.empty());

  private static ResponsesOptions options(int revalidate, int error) {
    var d = ResponsesOptions.DEFAULTS;
    return new ResponsesOptions(
        d.enabled(),
        d.ttl(),
        d.ttlDeterministic(),
        d.maxTtl(),
        d.streaming(),
        d.scope(),
        d.coalesce(),
        d.coalesceWait(),
        Duration.ofSeconds(revalidate),
        Duration.ofSeconds(error),
        d.toolUse(),
        d.maxEntryBytes(),
        d.usageOnHit(),
        d.finishAfterDisconnect(),
        d.ignore(),
        d.rules());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "0|-|0|0|fresh",
        "99|-|0|0|fresh",
        "100|-|0|0|stale",
        "-5|-|0|0|fresh",
        "10|max-age=10|0|0|fresh",
        "11|max-age=10|0|0|request",
        "0|max-age=0|0|0|fresh",
        "60|min-fresh=40|0|0|fresh",
        "61|min-fresh=40|0|0|request",
        "110|-|10|0|refresh",
        "111|-|10|0|stale",
        "110|max-age=200|10|0|stale",
        "110|max-stale|0|0|welcome",
        "110|max-stale=10|0|0|welcome",
        "111|max-stale=10|0|0|stale",
        "110|max-stale=50, max-age=105|0|0|stale",
        "105|max-stale=50, max-age=105|0|0|welcome",
        "150|-|0|50|covers",
        "151|-|0|50|stale",
        "110|stale-if-error=10|0|0|covers",
        "110|stale-if-error=5|0|50|stale",
        "110|max-age=1|0|50|covers"
      })
  void anEntryServesByAgeAndByWhatIsAsked(
      int age, String control, int revalidate, int error, String expected) {
    var controls =
        control == null
            ? CacheControls.NONE
            : CacheControls.of(Fields.of("cache-control", control));
    var fit = EntryFit.of(ENTRY, controls, options(revalidate, error), STORED.plusSeconds(age));
    assertEquals(
        expected,
        switch (fit) {
          case EntryFit.Serves(boolean stale, boolean refresh) ->
              refresh ? "refresh" : stale ? "welcome" : "fresh";
          case EntryFit.Covers() -> "covers";
          case EntryFit.Unfit(String forward) -> forward;
        });
  }
}
