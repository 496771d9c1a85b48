package io.ccrelay.proxy.api;

import io.ccrelay.cache.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The targets read most recently, so that the responses of a popular one are not parsed for each
 * request, however many variants it has. What the store holds now decides: an entry written since
 * has another revision. Clients choose how many variants there are and how long their fields, so
 * bytes are bounded beside targets. Confined to one context.
 */
final class HeldMemo {

  /**
   * Most bytes of entries that are kept read. Small content is a view of them, fields are objects:
   * about seven times what they are in the entry where hundreds of them select.
   */
  static final int MOST_BYTES = 1 << 20;

  private static final int MOST = 256;

  private final Map<Key, Read> memory = new LinkedHashMap<>(MOST, 0.75f, true);
  private long bytes;

  private record Read(String revision, int bytes, Shelf shelf) {}

  /**
   * What was read of {@code key} at {@code revision}, by {@code reader} if it was not yet.
   *
   * @param size of what is read, bytes
   */
  Shelf get(Key key, String revision, int size, Supplier<Shelf> reader) {
    Read known = memory.get(key);
    if (known != null && !revision.isEmpty() && known.revision().equals(revision)) {
      return known.shelf();
    }
    var read = new Read(revision, size, Objects.requireNonNull(reader.get()));
    forget(memory.remove(key));
    if (size <= MOST_BYTES) {
      memory.put(key, read);
      bytes += size;
      makeRoom();
    }
    return read.shelf();
  }

  private void makeRoom() {
    var eldest = memory.values().iterator();
    while (bytes > MOST_BYTES || memory.size() > MOST) {
      forget(eldest.next());
      eldest.remove();
    }
  }

  private void forget(@Nullable Read read) {
    if (read != null) {
      bytes -= read.bytes();
    }
  }
}
