package io.ccrelay.admin;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.PurgeLedger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Some of the entries a process holds, keys ascending. Immutable.
 *
 * <p>A page costs one comparison per entry held and decodes only what it may show: at most its
 * {@code limit}, or {@link #SEARCHED} where entries are looked for by what they hold. So a page
 * takes bounded time however rare the wanted entries are; it may have less than {@code limit} of
 * them, or none, and still a {@code next}.
 *
 * @param entries those found
 * @param next the key after which the next page begins; empty on the last
 */
record EntryPage(List<Map.Entry<Key, Entry>> entries, Optional<Key> next) {

  /** Entries decoded for one page of a search. */
  static final int SEARCHED = 4096;

  private static final Comparator<Map.Entry<Key, Bytes>> BY_KEY = Map.Entry.comparingByKey();

  /**
   * What a page shall have.
   *
   * @param after the key before the first, if the page is not the first
   * @param limit most entries, at least 1
   * @param filter which entries
   * @param purges what is void
   */
  record Query(Optional<Key> after, int limit, EntryFilter filter, PurgeLedger purges) {

    int examined() {
      return filter.takesAll() ? limit : Math.max(limit, SEARCHED);
    }

    boolean begins(Key key) {
      return after.isEmpty() || key.compareTo(after.get()) > 0;
    }

    boolean shows(Key key, Entry entry) {
      return filter.takes(entry) && !purges.covers(key, entry);
    }
  }

  /** The page of {@code held} that {@code query} asks for. Walks over all of it: for workers. */
  static EntryPage of(Iterable<Map.Entry<Key, Bytes>> held, Query query) {
    List<Map.Entry<Key, Bytes>> candidates = lowest(held, query);
    int examined = Math.min(candidates.size(), query.examined());
    var found = new ArrayList<Map.Entry<Key, Entry>>();
    int seen = 0;
    while (seen < examined && found.size() < query.limit()) {
      Map.Entry<Key, Bytes> candidate = candidates.get(seen++);
      EntryFormat.decode(candidate.getValue())
          .filter(entry -> query.shows(candidate.getKey(), entry))
          .ifPresent(entry -> found.add(Map.entry(candidate.getKey(), entry)));
    }
    boolean more = seen < candidates.size();
    return new EntryPage(
        List.copyOf(found),
        more ? Optional.of(candidates.get(seen - 1).getKey()) : Optional.empty());
  }

  /**
   * As many entries as may be examined and one, which tells whether there are more: those with the
   * lowest keys, ascending.
   */
  private static List<Map.Entry<Key, Bytes>> lowest(
      Iterable<Map.Entry<Key, Bytes>> held, Query query) {
    var lowest = new PriorityQueue<Map.Entry<Key, Bytes>>(BY_KEY.reversed());
    for (var one : held) {
      if (query.begins(one.getKey())) {
        if (lowest.size() <= query.examined()) {
          lowest.add(one);
        } else if (BY_KEY.compare(one, lowest.element()) < 0) {
          var _ = lowest.remove();
          lowest.add(one);
        }
      }
    }
    return lowest.stream().sorted(BY_KEY).toList();
  }
}
