package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what request bodies were read as, so that a body that comes again costs one hash and
 * one comparison instead of a parse. Confined to one context.
 *
 * <p>A body is found by a checksum, which processors compute fastest of all hashes, and recognised
 * by its bytes, so a checksum that collides costs a parse and never a wrong answer. Each checksum
 * has one place: whoever constructs collisions evicts himself. What is remembered is bounded by
 * places and by bytes; the bytes are counted as the arrays that are held, not as the views of them.
 */
public final class KeyMemo {

  private static final int LARGEST_BODY = 64 << 10;
  private static final int OVERHEAD = 512;

  private final @Nullable Known[] places;
  private final long capacity;
  private Recipe recipe = Recipe.BUILT_IN;
  private long held;
  private long hits;
  private int sweep;

  private record Known(Route route, Bytes body, Parsed parsed) {

    long weight() {
      return (long) body.heldBytes() + OVERHEAD;
    }
  }

  /** A memo of about 4 MiB. */
  public KeyMemo() {
    this(4L << 20);
  }

  /** A memo of at most {@code capacity} bytes. */
  public KeyMemo(long capacity) {
    this.capacity = capacity;
    this.places = new Known[1024];
  }

  /**
   * What {@link ChatRequest#parse} answers. A new recipe makes the memo forget everything.
   *
   * @param body kept if it is small; a view of a larger array is copied first
   */
  public Parsed parse(Route route, Bytes body, Recipe currentRecipe) {
    if (recipe != currentRecipe) {
      clear();
      recipe = currentRecipe;
    }
    if (body.size() > LARGEST_BODY) {
      return ChatRequest.parse(route, body, recipe);
    }
    int place = body.<Integer>lend(KeyMemo::checksum) & (places.length - 1);
    Known known = places[place];
    if (known != null && known.route() == route && known.body().equals(body)) {
      hits++;
      return known.parsed();
    }
    Parsed parsed = ChatRequest.parse(route, body, recipe);
    keep(place, new Known(route, compact(body), parsed));
    return parsed;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(places, null);
    held = 0;
  }

  /** Bytes held. */
  public long heldBytes() {
    return held;
  }

  /** How often nothing had to be parsed. */
  public long hits() {
    return hits;
  }

  private void keep(int place, Known known) {
    if (known.weight() > capacity) {
      return;
    }
    forget(place);
    while (held + known.weight() > capacity) {
      sweep = (sweep + 1) & (places.length - 1);
      forget(sweep);
    }
    places[place] = known;
    held += known.weight();
  }

  private void forget(int place) {
    Known known = places[place];
    if (known != null) {
      held -= known.weight();
      places[place] = null;
    }
  }

  private static Bytes compact(Bytes body) {
    return body.heldBytes() > body.size() + OVERHEAD ? Bytes.owned(body.toArray()) : body;
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    var crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
