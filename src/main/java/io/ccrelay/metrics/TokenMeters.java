package io.ccrelay.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by the dimensions that policy documents name. The dimensions that API Management knows are
 * labels of their own, empty where a document does not name them; all others share the label {@code
 * custom}, since all series of a name must have the same labels. There are at most {@link #MOST}
 * series; what would be one more is counted under {@code other}. Safe for use from any context.
 */
final class TokenMeters {

  /** Bound of series, for each direction. */
  static final int MOST = 500;

  private static final int LONGEST_VALUE = 128;

  private static final List<String> KNOWN =
      List.of(
          "API ID",
          "Operation ID",
          "Product ID",
          "Subscription ID",
          "User ID",
          "Client IP address",
          "Gateway ID",
          "Location");

  private final MeterRegistry registry;
  private final ConcurrentMap<Series, Tokens> known = new ConcurrentHashMap<>();

  /** The labels of a series: equal ones are one, whatever they were made of. */
  private record Series(String namespace, List<String> known, String custom) {

    static Series of(String namespace, List<Map.Entry<String, String>> dimensions) {
      return new Series(
          shown(namespace),
          KNOWN.stream().map(name -> value(dimensions, name)).toList(),
          dimensions.stream()
              .filter(dimension -> !KNOWN.contains(dimension.getKey()))
              .map(dimension -> shown(dimension.getKey()) + "=" + shown(dimension.getValue()))
              .sorted()
              .collect(Collectors.joining(",")));
    }

    private static String value(List<Map.Entry<String, String>> dimensions, String name) {
      return dimensions.stream()
          .filter(dimension -> dimension.getKey().equals(name))
          .findFirst()
          .map(dimension -> shown(dimension.getValue()))
          .orElse("");
    }

    private static String shown(String value) {
      String clean = value.replaceAll("\\p{Cntrl}", " ");
      return clean.length() > LONGEST_VALUE ? clean.substring(0, LONGEST_VALUE) : clean;
    }
  }

  private record Tokens(LongAdder prompt, LongAdder completion) {}

  TokenMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts tokens under {@code dimensions}, names and values. */
  void add(
      String namespace, List<Map.Entry<String, String>> dimensions, long prompt, long completion) {
    var series = Series.of(namespace, dimensions);
    @Nullable Tokens found = known.get(series);
    Tokens tokens = found == null ? admit(series) : found;
    tokens.prompt.add(prompt);
    tokens.completion.add(completion);
  }

  private synchronized Tokens admit(Series series) {
    boolean room = known.containsKey(series) || known.size() < MOST;
    return known.computeIfAbsent(room ? series : Series.of(Labels.OTHER, List.of()), this::open);
  }

  private Tokens open(Series series) {
    return new Tokens(counter(series, "prompt"), counter(series, "completion"));
  }

  private LongAdder counter(Series series, String direction) {
    var counter = new LongAdder();
    var tags = new ArrayList<Tag>();
    tags.add(Tag.of("namespace", series.namespace));
    tags.add(Tag.of("direction", direction));
    for (int i = 0; i < KNOWN.size(); i++) {
      String label = KNOWN.get(i).toLowerCase(Locale.ROOT).replace(' ', '_');
      tags.add(Tag.of(label, series.known.get(i)));
    }
    tags.add(Tag.of("custom", series.custom));
    FunctionCounter.builder("cc.relay.policy.tokens", counter, LongAdder::sum)
        .description("Tokens of language models that policy documents emit")
        .tags(tags)
        .register(registry);
    return counter;
  }
}
