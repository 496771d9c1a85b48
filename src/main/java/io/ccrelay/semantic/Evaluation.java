package io.ccrelay.semantic;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the vetoes and a least similarity make of pairs of which it is known whether one answer fits
 * both. Confined to one thread.
 */
public final class Evaluation {

  private static final double[] THRESHOLDS = {0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95};

  private final double minSimilarity;
  private final List<Pair> pairs = new ArrayList<>();

  /**
   * A pair.
   *
   * @param same whether one answer fits both
   * @param language a label to group by
   * @param similarity cosine of the two
   * @param vetoes what speaks against serving one for the other
   */
  public record Pair(boolean same, String language, double similarity, Set<Veto> vetoes) {}

  /**
   * How good a rule is.
   *
   * @param right hits on pairs that are the same
   * @param wrong hits on pairs that are not
   * @param same pairs that are the same
   * @param pairs all pairs
   */
  public record Quality(long right, long wrong, long same, long pairs) {

    /** Right hits of all hits; 1 without hits. */
    public double precision() {
      return right + wrong == 0 ? 1 : (double) right / (right + wrong);
    }

    /** Right hits of all that are the same; 1 if there are none. */
    public double recall() {
      return same == 0 ? 1 : (double) right / same;
    }

    /** Hits of all pairs; 0 without pairs. */
    public double hitRate() {
      return pairs == 0 ? 0 : (double) (right + wrong) / pairs;
    }
  }

  /** An evaluation of the rule "no veto and at least {@code minSimilarity}". */
  public Evaluation(double minSimilarity) {
    this.minSimilarity = minSimilarity;
  }

  /** One more pair. */
  public void add(Pair pair) {
    pairs.add(pair);
  }

  /** The least similarity of the configured rule. */
  public double minSimilarity() {
    return minSimilarity;
  }

  /** The languages of the pairs. */
  public Set<String> languages() {
    var languages = new TreeSet<String>();
    pairs.forEach(pair -> languages.add(pair.language()));
    return languages;
  }

  /** The quality of the configured rule among the pairs of {@code language}; empty = all. */
  public Quality quality(String language) {
    return quality(language, pair -> pair.vetoes().isEmpty() && pair.similarity() >= minSimilarity);
  }

  private Quality quality(String language, Predicate<Pair> hits) {
    List<Pair> group =
        pairs.stream()
            .filter(pair -> language.isEmpty() || pair.language().equals(language))
            .toList();
    long right = group.stream().filter(hits).filter(Pair::same).count();
    long wrong = group.stream().filter(hits).count() - right;
    return new Quality(right, wrong, group.stream().filter(Pair::same).count(), group.size());
  }

  /** The report, as lines to print. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(
        "%d pairs, %d of them the same; least similarity %.2f"
            .formatted(pairs.size(), quality("").same(), minSimilarity));
    lines.add("");
    lines.add(head("rule as configured"));
    lines.add(row("all", quality("")));
    languages().forEach(language -> lines.add(row(language, quality(language))));
    lines.add("");
    lines.add(head("least similarity, with vetoes"));
    for (double least : THRESHOLDS) {
      lines.add(row(least, quality("", it -> it.vetoes().isEmpty() && it.similarity() >= least)));
    }
    lines.add("");
    lines.add(head("least similarity, without vetoes"));
    for (double least : THRESHOLDS) {
      lines.add(row(least, quality("", it -> it.similarity() >= least)));
    }
    lines.add("");
    lines.addAll(vetoLines());
    return lines;
  }

  private List<String> vetoLines() {
    var wanted = new EnumMap<Veto, Long>(Veto.class);
    var unwanted = new EnumMap<Veto, Long>(Veto.class);
    var alone = new EnumMap<Veto, Long>(Veto.class);
    for (Pair pair : pairs) {
      for (Veto veto : pair.vetoes()) {
        (pair.same() ? unwanted : wanted).merge(veto, 1L, Long::sum);
        if (pair.vetoes().size() == 1 && !pair.same()) {
          alone.merge(veto, 1L, Long::sum);
        }
      }
    }
    var lines = new ArrayList<String>();
    lines.add("%-34s %9s %9s %9s".formatted("veto", "wanted", "alone", "unwanted"));
    for (Veto veto : Veto.values()) {
      lines.add(
          "%-34s %9d %9d %9d"
              .formatted(
                  veto.token(), count(wanted, veto), count(alone, veto), count(unwanted, veto)));
    }
    lines.add("");
    lines.add("wanted: the pair is not the same; alone: no other veto would have stopped it;");
    lines.add("unwanted: the pair is the same, so that a hit was lost");
    return lines;
  }

  private static long count(Map<Veto, Long> counts, Veto veto) {
    return counts.getOrDefault(veto, 0L);
  }

  private static String head(String what) {
    return "%-34s %9s %9s %9s %9s %9s"
        .formatted(what, "pairs", "precision", "recall", "hit rate", "wrong");
  }

  private static String row(double least, Quality quality) {
    return row(String.format(Locale.ROOT, "%.2f", least), quality);
  }

  private static String row(String name, Quality quality) {
    return String.format(
        Locale.ROOT,
        "%-34s %9d %9.3f %9.3f %9.3f %9d",
        name,
        quality.pairs(),
        quality.precision(),
        quality.recall(),
        quality.hitRate(),
        quality.wrong());
  }
}
