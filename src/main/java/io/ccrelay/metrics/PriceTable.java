package io.ccrelay.metrics;

import io.ccrelay.cache.Usage;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What tokens cost, by model; the first row whose glob matches counts. Prices are the operator's:
 * none are built in, since they change. Immutable.
 *
 * @param rows in the order of the configuration
 */
public record PriceTable(List<Row> rows) {

  /** No prices: nothing is saved that can be told in money. */
  public static final PriceTable NONE = new PriceTable(List.of());

  private static final double TOKENS = 1e6;

  /** Makes the list immutable. */
  public PriceTable {
    rows = List.copyOf(rows);
  }

  /**
   * The prices of some models.
   *
   * @param model a glob: {@code *} stands for any run of characters
   * @param input price of a million input tokens
   * @param output price of a million output tokens
   */
  public record Row(String model, double input, double output) {

    boolean covers(String name) {
      String pattern = Pattern.quote(model).replace("*", "\\E.*\\Q");
      return Pattern.matches(pattern, name);
    }
  }

  /** The price of {@code usage} by {@code model}, 0 where no row covers it. */
  public double of(String model, Usage usage) {
    return rows.stream()
        .filter(row -> row.covers(model))
        .findFirst()
        .map(row ->
            (usage.inputTokens() * row.input() + usage.outputTokens() * row.output()) / TOKENS)
        .orElse(0.0);
  }
}
