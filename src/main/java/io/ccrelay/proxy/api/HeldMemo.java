package io.ccrelay.proxy.api;

import io.ccrelay.cache.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The targets read most recently, so that the responses of a popular one are not parsed for each
 * request, however many variants it has. What the store holds now decides: an entry written since
 * has another revision. Confined to one context.
 */
final class HeldMemo {

  private static final int MOST = 256;

  private final Map<Key, Read> memory =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Read> eldest) {
          return size() > MOST;
        }
      };

  private record Read(String revision, Shelf shelf) {}

  /** What was read of {@code key} at {@code revision}, by {@code reader} if it was not yet. */
  Shelf get(Key key, String revision, Supplier<Shelf> reader) {
    Read known = memory.get(key);
    if (known != null && !revision.isEmpty() && known.revision().equals(revision)) {
      return known.shelf();
    }
    var read = new Read(revision, Objects.requireNonNull(reader.get()));
    memory.put(key, read);
    return read.shelf();
  }
}
