package io.ccrelay.cache;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The purges a relay remembers. Immutable; safe for use from any context.
 *
 * <p>An entry is void if what brought it was asked for before a purge that selects it: so an answer
 * under way during a purge is never served from the store, and an old entry that comes back, from a
 * node that was cut off or a file, is not served either. What was asked for after the latest purge
 * costs one comparison, whatever is remembered; older entries cost a hash look-up per tag.
 *
 * <p>Two ledgers {@link #merge} to one that remembers what either did, in whatever order and
 * however often they meet: of each selector the highest generation stays. There are at most {@link
 * #MOST} records. Beyond that the oldest are forgotten safely: everything asked for before the last
 * that was forgotten is void, whatever it is.
 */
public final class PurgeLedger {

  /** Most records beside the horizon. */
  public static final int MOST = 1024;

  private static final long NEVER = Long.MIN_VALUE;

  /** No purge. */
  public static final PurgeLedger EMPTY = new PurgeLedger(Map.of(), NEVER);

  private final Map<PurgeSelector, Long> records;
  private final EnumMap<PurgeSelector.Kind, Map<String, Long>> byKind =
      new EnumMap<>(PurgeSelector.Kind.class);

  /** Everything asked for in this generation or before is void. */
  private final long horizon;

  private final long latest;

  private PurgeLedger(Map<PurgeSelector, Long> records, long horizon) {
    this.records = Map.copyOf(records);
    this.horizon = horizon;
    long newest = horizon;
    for (var one : records.entrySet()) {
      newest = Math.max(newest, one.getValue());
      byKind
          .computeIfAbsent(one.getKey().kind(), _ -> new HashMap<>())
          .put(one.getKey().value(), one.getValue());
    }
    this.latest = newest;
  }

  /** The ledger of {@code records}, in whatever order. */
  public static PurgeLedger of(Iterable<PurgeRecord> records) {
    var highest = new HashMap<PurgeSelector, Long>();
    long horizon = NEVER;
    for (PurgeRecord one : records) {
      if (one.selector().kind() == PurgeSelector.Kind.ALL) {
        horizon = Math.max(horizon, one.generation());
      } else {
        highest.merge(one.selector(), one.generation(), Math::max);
      }
    }
    return bounded(highest, horizon);
  }

  private static PurgeLedger bounded(Map<PurgeSelector, Long> records, long floor) {
    long horizon = floor;
    if (records.size() > MOST) {
      long[] ascending = records.values().stream().mapToLong(Long::longValue).sorted().toArray();
      horizon = Math.max(floor, ascending[ascending.length - MOST - 1]);
    }
    long bound = horizon;
    records.values().removeIf(generation -> generation <= bound);
    return new PurgeLedger(records, horizon);
  }

  /** What either remembers. */
  public PurgeLedger merge(PurgeLedger other) {
    if (other.isEmpty() || equals(other)) {
      return this;
    }
    var all = new ArrayList<>(records());
    all.addAll(other.records());
    return of(all);
  }

  /** What this remembers, and {@code record}. */
  public PurgeLedger with(PurgeRecord record) {
    return merge(of(List.of(record)));
  }

  /** The record of a purge of {@code selector} made {@code now}: later than all it knows. */
  public PurgeRecord next(PurgeSelector selector, Instant now) {
    long time = PurgeRecord.generationOf(now);
    return new PurgeRecord(selector, isEmpty() ? time : Math.max(time, latest + 1));
  }

  /**
   * When something that begins {@code now} begins as far as purges go: after all that are known
   * here, also if the clock that dated them is ahead of this one.
   */
  public Instant beginning(Instant now) {
    return isEmpty() || PurgeRecord.generationOf(now) > latest
        ? now
        : PurgeRecord.instantAfter(latest);
  }

  /** Whether nothing was purged. */
  public boolean isEmpty() {
    return latest == NEVER;
  }

  /** The highest generation; the lowest number there is when {@link #isEmpty}. */
  public long latest() {
    return latest;
  }

  /** Whether {@code entry} under {@code key} is void. */
  public boolean covers(Key key, Entry entry) {
    return !isEmpty() && covers(key, entry.askedAt(), entry.tags(), entry.attributes());
  }

  /** Whether what was asked for at {@code askedAt}, with these facts, is void. */
  public boolean covers(
      Key key, Instant askedAt, List<String> tags, Map<String, String> attributes) {
    if (isEmpty()) {
      return false;
    }
    long asked = PurgeRecord.generationOf(askedAt);
    return asked <= latest && (asked <= horizon || isSelected(asked, key, tags, attributes));
  }

  private boolean isSelected(
      long asked, Key key, List<String> tags, Map<String, String> attributes) {
    for (var one : byKind.entrySet()) {
      boolean covered =
          switch (one.getKey()) {
            case ALL -> false;
            case KEY -> reaches(one.getValue().get(key.hex()), asked);
            case TAG -> tags.stream().anyMatch(tag -> reaches(one.getValue().get(tag), asked));
            case MODEL, SCOPE ->
                reaches(
                    one.getValue().get(attributes.getOrDefault(one.getKey().token(), "")), asked);
            case PREFIX -> hasPrefix(one.getValue(), asked, key, attributes);
          };
      if (covered) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasPrefix(
      Map<String, Long> prefixes, long asked, Key key, Map<String, String> attributes) {
    String path = attributes.getOrDefault(PurgeSelector.PATH, "");
    String digits = key.hex();
    return prefixes.entrySet().stream()
        .filter(one -> one.getValue() >= asked)
        .anyMatch(one -> path.startsWith(one.getKey()) || digits.startsWith(one.getKey()));
  }

  private static boolean reaches(@Nullable Long generation, long asked) {
    return generation != null && asked <= generation;
  }

  /** Everything remembered, the horizon as a purge of all; in no order. */
  public List<PurgeRecord> records() {
    var all = new ArrayList<PurgeRecord>(records.size() + 1);
    if (horizon != NEVER) {
      all.add(new PurgeRecord(PurgeSelector.EVERYTHING, horizon));
    }
    records.forEach((selector, generation) -> all.add(new PurgeRecord(selector, generation)));
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PurgeLedger that
        && horizon == that.horizon
        && records.equals(that.records);
  }

  @Override
  public int hashCode() {
    return Objects.hash(horizon, records);
  }

  @Override
  public String toString() {
    return "PurgeLedger(" + records.size() + ", latest " + latest + ")";
  }
}
