package io.ccrelay.proxy.transport;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The requests that come again and again, for all connections of one verticle. Confined to one
 * context.
 *
 * <p>A request has to come twice within {@link #OFTEN_MILLIS} to be kept at all, so that those who
 * never send the same bytes twice pay for a checksum and nothing else. Each has one of {@link
 * #PLACES} places and keeps it while it is asked for that often: nobody can make a look-up slow,
 * and who shares a place with a busy request goes the usual way. At most {@link #PLACES} times
 * twice {@link #LARGEST} bytes are held.
 */
public final class Repeats {

  /** Largest request and largest answer kept, in bytes. */
  static final int LARGEST = 16 << 10;

  private static final int PLACES = 512;
  private static final long OFTEN_MILLIS = 1000;

  private final InstantSource clock;
  private final Supplier<?> rules;
  private final @Nullable Place[] places = new Place[PLACES];
  private final CRC32C checksum = new CRC32C();
  private boolean closed;

  private static final class Place {
    private long fingerprint;
    private long seenMillis = Long.MIN_VALUE / 2;
    private @Nullable Repeat repeat;
  }

  /**
   * No requests yet.
   *
   * @param rules what requests are judged by at the time; another object is another rule
   */
  public Repeats(InstantSource clock, Supplier<?> rules) {
    this.clock = clock;
    this.rules = rules;
  }

  /** Keeps nothing any more and answers nothing. */
  public void close() {
    closed = true;
    for (Place place : places) {
      if (place != null) {
        occupy(place, null);
      }
    }
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * The request in {@code bytes} if it came lately, with or without an answer; null if it did not,
   * cannot be kept, or came from others or under other rules.
   */
  @Nullable Repeat find(ByteBuf bytes, String caller, Instant now) {
    int length = bytes.readableBytes();
    if (closed || length > LARGEST || bytes.nioBufferCount() != 1) {
      return null;
    }
    Object inForce = rules.get();
    long fingerprint = fingerprint(bytes, length);
    Place place = place(fingerprint);
    long millis = now.toEpochMilli();
    boolean lately = Math.abs(millis - place.seenMillis) < OFTEN_MILLIS;
    Repeat known = place.repeat;
    if (known != null && known.isOf(bytes, caller, inForce)) {
      place.fingerprint = fingerprint;
      place.seenMillis = millis;
      return known;
    }
    if (known != null && lately && place.fingerprint != fingerprint) {
      return null;
    }
    boolean again = lately && place.fingerprint == fingerprint;
    place.fingerprint = fingerprint;
    place.seenMillis = millis;
    return again ? new Repeat(fingerprint, bytes, caller, inForce) : null;
  }

  /** Has {@code repeat} answered by {@code answer}, written at {@code now}, and owns that. */
  void learn(Repeat repeat, Repeatable terms, ByteBuf answer, Instant now) {
    Place place = place(repeat.fingerprint());
    if (closed || place.fingerprint != repeat.fingerprint()) {
      answer.release();
      return;
    }
    occupy(place, repeat);
    repeat.learn(terms, answer, now);
  }

  @SuppressWarnings("ReferenceEquality") // of two equal ones, each has an answer to release
  private static void occupy(Place place, @Nullable Repeat next) {
    Repeat before = place.repeat;
    if (before != null && before != next) {
      before.forget();
    }
    place.repeat = next;
  }

  private long fingerprint(ByteBuf bytes, int length) {
    checksum.reset();
    checksum.update(bytes.internalNioBuffer(bytes.readerIndex(), length));
    return checksum.getValue() | (long) length << 32;
  }

  private Place place(long fingerprint) {
    int at = (int) (fingerprint ^ (fingerprint >>> 16)) & (PLACES - 1);
    Place place = places[at];
    if (place == null) {
      place = new Place();
      places[at] = place;
    }
    return place;
  }
}
