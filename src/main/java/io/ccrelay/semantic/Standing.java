package io.ccrelay.semantic;

import io.ccrelay.cache.Key;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What labels say: how often stored answers were wrong, in all and for each entry. Safe for use
 * from any context.
 *
 * <p>An entry that was wrong once is in quarantine for as long as it is remembered here.
 */
public final class Standing {

  /** Entries whose labels are remembered; the one that was looked at longest ago goes. */
  static final int MOST_ENTRIES = 50_000;

  private record Labels(int right, boolean wrong) {}

  private final SemanticOptions.Audit options;
  private final Map<Key, Labels> entries =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Labels> eldest) {
          return size() > MOST_ENTRIES;
        }
      };
  private long labels;
  private long wrong;
  private double bound = 1;

  /** No labels yet. */
  public Standing(SemanticOptions.Audit options) {
    this.options = options;
  }

  /** A label: whether the answer of {@code entry} would have been {@code right}. */
  public synchronized void label(Key entry, boolean right) {
    Labels before = entries.getOrDefault(entry, new Labels(0, false));
    entries.put(entry, new Labels(before.right() + (right ? 1 : 0), before.wrong() || !right));
    labels++;
    wrong += right ? 0 : 1;
    bound = WrongHitBound.upper(labels, wrong, 1 - options.confidence());
  }

  /** All labels now. */
  synchronized LabelRecord record() {
    return new LabelRecord(
        labels,
        wrong,
        entries.entrySet().stream()
            .filter(each -> LabelRecord.isWritable(each.getKey()))
            .map(each ->
                new LabelRecord.OfEntry(
                    each.getKey(), each.getValue().right(), each.getValue().wrong()))
            .toList());
  }

  /** Goes on from {@code before}; labels that came since count as well. */
  synchronized void restore(LabelRecord before) {
    before
        .entries()
        .forEach(each ->
            entries.merge(
                each.entry(),
                new Labels(each.right(), each.wrong()),
                (one, other) ->
                    new Labels(one.right() + other.right(), one.wrong() || other.wrong())));
    labels += before.labels();
    wrong += before.wrong();
    bound = WrongHitBound.upper(labels, wrong, 1 - options.confidence());
  }

  /** Whether {@code entry} was wrong. */
  public synchronized boolean isQuarantined(Key entry) {
    Labels record = entries.get(entry);
    return record != null && record.wrong();
  }

  /** Whether {@code entry} has the right labels it needs to serve. */
  public synchronized boolean isProven(Key entry) {
    Labels record = entries.get(entry);
    return options.entryLabels() == 0
        || (record != null && record.right() >= options.entryLabels());
  }

  /** Whether the bound allows serving at all. */
  public synchronized boolean allows() {
    return options.maxError().isEmpty() || bound <= options.maxError().get();
  }

  /** Hits that were compared with a true answer. */
  public synchronized long labels() {
    return labels;
  }

  /** Those that were wrong. */
  public synchronized long wrong() {
    return wrong;
  }

  /** The upper bound on the share of wrong hits, valid at every moment; 1 without labels. */
  public synchronized double bound() {
    return bound;
  }

  /** Entries in quarantine. */
  public synchronized long quarantined() {
    return entries.values().stream().filter(Labels::wrong).count();
  }
}
