package io.ccrelay.semantic;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The counters of the semantic cache at one moment.
 *
 * @param mode what becomes of a match, as configured
 * @param questions questions remembered
 * @param bytes memory they take
 * @param asked questions looked for
 * @param matched questions for which a stored answer fitted
 * @param served those that got it
 * @param labels matches compared with a true answer
 * @param wrong those that were wrong
 * @param bound upper bound on the share of wrong ones, valid at every moment; 1 = nothing known
 * @param serving whether the bound allows serving
 * @param quarantined entries that were wrong
 * @param absences why nothing fitted, by token
 * @param vetoes how often each objected, by token
 * @param failures why there was no embedding, by token
 */
public record SemanticReport(
    String mode,
    int questions,
    long bytes,
    long asked,
    long matched,
    long served,
    long labels,
    long wrong,
    double bound,
    boolean serving,
    long quarantined,
    Map<String, Long> absences,
    Map<String, Long> vetoes,
    Map<String, Long> failures) {

  /** Makes the maps immutable. */
  public SemanticReport {
    absences = Map.copyOf(absences);
    vetoes = Map.copyOf(vetoes);
    failures = Map.copyOf(failures);
  }

  static SemanticReport of(
      SemanticOptions options, VectorIndex index, Standing standing, SemanticCounts counts) {
    return new SemanticReport(
        options.mode().name().toLowerCase(Locale.ROOT),
        index.size(),
        index.bytes(),
        counts.asked.sum(),
        counts.matched.sum(),
        counts.served.sum(),
        standing.labels(),
        standing.wrong(),
        standing.bound(),
        options.mode() == SemanticOptions.Mode.SERVE && standing.allows(),
        standing.quarantined(),
        sums(counts.absences(), Finding.Absence::token),
        sums(counts.vetoes(), Veto::token),
        sums(counts.failures(), EmbeddingException.Reason::token));
  }

  private static <K> Map<String, Long> sums(Map<K, LongAdder> counts, Function<K, String> token) {
    var sums = new HashMap<String, Long>();
    counts.forEach((key, count) -> sums.put(token.apply(key), count.sum()));
    return sums;
  }
}
