package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what request bodies were read as, so that a body that comes again costs one hash and
 * one comparison instead of a parse. Confined to one context.
 *
 * <p>A body is found by a 64-bit hash and recognised by its bytes, so a hash that collides costs a
 * parse and never a wrong answer. Each hash has one place: whoever constructs collisions evicts
 * himself. What is remembered is bounded by places and by bytes; the bytes are counted as the
 * arrays that are held, not as the views of them.
 */
public final class KeyMemo {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MIX = 0x9E3779B97F4A7C15L;
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
    int place = body.<Integer>lend(KeyMemo::hash) & (places.length - 1);
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

  /** Two lanes of eight bytes a step, multiplied and folded. */
  static int hash(byte[] bytes, int offset, int length) {
    long first = length * MIX;
    long second = ~first;
    int at = offset;
    int end = offset + length;
    for (; at <= end - 2 * Long.BYTES; at += 2 * Long.BYTES) {
      first = fold(first ^ (long) WORDS.get(bytes, at));
      second = fold(second ^ (long) WORDS.get(bytes, at + Long.BYTES));
    }
    for (; at < end; at++) {
      first = (first ^ bytes[at]) * MIX;
    }
    return Long.hashCode(fold(first ^ Long.rotateLeft(second, 32)));
  }

  private static long fold(long value) {
    return (value * MIX) ^ Math.unsignedMultiplyHigh(value, MIX);
  }
}
