package io.ccrelay.demo;

import io.ccrelay.cache.Usage;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What came out, for eyes. */
final class Table {

  private static final List<String> FROM_THE_CACHE = List.of("hit", "stale", "coalesced");

  private final List<Sample> samples;
  private final Usage saved;

  Table(List<Sample> samples, Usage saved) {
    this.samples = samples;
    this.saved = saved;
  }

  /** Answers that were incomplete or those of another question. */
  long wrong() {
    return samples.stream().filter(sample -> !sample.right()).count();
  }

  /** The lines to print. */
  List<String> lines(long upstreamCalls) {
    long avoided = samples.size() - upstreamCalls;
    return List.of(
        "%-28s %9s %12s %12s".formatted("", "requests", "p50", "p99"),
        row("hit, JSON", sample -> is(sample, "hit") && !sample.streaming()),
        row("hit, stream", sample -> is(sample, "hit") && sample.streaming()),
        row("shared with one under way", sample -> is(sample, "coalesced")),
        row("miss, JSON", sample -> is(sample, "miss") && !sample.streaming()),
        row("miss, stream", sample -> is(sample, "miss") && sample.streaming()),
        row("all", _ -> true),
        "",
        fact("hit rate", "%.1f %%".formatted(100.0 * hits() / Math.max(1, samples.size()))),
        fact("upstream calls avoided", avoided + " of " + samples.size()),
        fact(
            "tokens saved",
            "%,d input, %,d output".formatted(saved.inputTokens(), saved.outputTokens())),
        fact("answers checked", samples.size() + ", wrong: " + wrong()));
  }

  private long hits() {
    return samples.stream().filter(sample -> FROM_THE_CACHE.contains(sample.outcome())).count();
  }

  private static boolean is(Sample sample, String outcome) {
    return sample.outcome().equals(outcome);
  }

  private String row(String name, Predicate<Sample> which) {
    long[] nanos = samples.stream().filter(which).mapToLong(Sample::nanos).sorted().toArray();
    return nanos.length == 0
        ? "%-28s %9d %12s %12s".formatted(name, 0, "-", "-")
        : "%-28s %9d %12s %12s".formatted(name, nanos.length, at(nanos, 0.50), at(nanos, 0.99));
  }

  /** The smallest value that {@code share} of all do not exceed. */
  private static String at(long[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return String.format(Locale.ROOT, "%.2f ms", sorted[Math.max(0, index)] / 1e6);
  }

  private static String fact(String name, String value) {
    return "%-28s %s".formatted(name, value);
  }
}
