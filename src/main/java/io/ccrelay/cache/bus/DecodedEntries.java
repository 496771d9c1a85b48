package io.ccrelay.cache.bus;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Lookup;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Entries that were decoded lately, found by the identity of their bytes: a local store hands out
 * the same immutable bytes again and again. Confined to one context.
 *
 * <p>It holds at most {@link #PLACES} values of {@link #LARGEST} bytes; bytes that a store gave up
 * are never asked for again and make room for others.
 */
final class DecodedEntries {

  private static final int PLACES = 128;
  private static final int LARGEST = 32 << 10;

  private record Known(Bytes value, Lookup hit) {}

  private final @Nullable Known[] places = new Known[PLACES];

  /** What was decoded from {@code value}. */
  @SuppressWarnings("ReferenceEquality") // equal bytes are as good, but comparing them is not
  Optional<Lookup> of(Bytes value) {
    Known known = places[place(value)];
    return known != null && known.value() == value ? Optional.of(known.hit()) : Optional.empty();
  }

  /** Remembers what was decoded from {@code value}, if it is small. */
  void keep(Bytes value, Lookup hit) {
    if (value.heldBytes() <= LARGEST) {
      places[place(value)] = new Known(value, hit);
    }
  }

  private static int place(Bytes value) {
    return System.identityHashCode(value) & (PLACES - 1);
  }
}
