package io.ccrelay.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceTableTest {

  private final PriceTable prices =
      new PriceTable(
          List.of(
              new PriceTable.Row("claude-*-haiku", 1, 5), new PriceTable.Row("claude-*", 3, 15)));

  @Test
  void theFirstRowThatMatchesCounts() {
    assertEquals(1 + 5, prices.of("claude-4-haiku", new Usage(1_000_000, 1_000_000)));
    assertEquals(3 + 15, prices.of("claude-4-sonnet", new Usage(1_000_000, 1_000_000)));
    assertEquals(0.03, prices.of("claude-x", new Usage(5_000, 1_000)), 1e-9);
  }

  @Test
  void whatNoRowCoversCostsNothing() {
    assertEquals(0, prices.of("gpt-9", new Usage(1_000_000, 1_000_000)));
    assertEquals(0, prices.of("my-claude-1", new Usage(1_000_000, 0)));
    assertEquals(0, PriceTable.NONE.of("claude-1", new Usage(1_000_000, 0)));
  }
}
