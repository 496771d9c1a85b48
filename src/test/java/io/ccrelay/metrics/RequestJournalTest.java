package io.ccrelay.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.metrics.RequestJournal.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RequestJournalTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final RequestJournal journal = new RequestJournal(() -> NOW, 8);

  @Test
  void theNewestLinesAreKeptAndComeFirst() {
    write(20);
    assertEquals(20, journal.newest());
    assertEquals(List.of(20L, 19L, 18L), numbers(journal.latest(3)));
    assertEquals(List.of(14L, 13L), numbers(journal.before(15, 10)));
    assertEquals(8, journal.latest(100).size());
    assertEquals(NOW, journal.latest(1).getFirst().at());
  }

  @Test
  void anEmptyJournalHasNoLines() {
    assertEquals(List.of(), journal.latest(5));
    assertEquals(0, journal.newest());
  }

  @Test
  void writersInParallelNeverMixTheirLines() throws InterruptedException {
    var large = new RequestJournal(() -> NOW, 1024);
    var writers = new ArrayList<Thread>();
    for (int writer = 0; writer < 4; writer++) {
      writers.add(
          Thread.ofPlatform()
              .start(() -> LongStream.range(0, 5_000).forEach(i -> large.accept(line(i)))));
    }
    for (var writer : writers) {
      writer.join();
    }
    var lines = large.latest(2000);
    assertEquals(20_000, large.newest());
    assertEquals(1024, lines.size());
    assertTrue(lines.stream().map(Line::number).distinct().count() == 1024);
  }

  private void write(int lines) {
    for (int i = 0; i < lines; i++) {
      journal.accept(line(i));
    }
  }

  private static Answered line(long nanos) {
    return Answered.of("messages", CacheOutcome.HIT, 200, nanos);
  }

  private static List<Long> numbers(List<Line> lines) {
    return lines.stream().map(Line::number).toList();
  }
}
