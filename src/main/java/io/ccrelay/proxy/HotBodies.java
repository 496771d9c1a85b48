package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that are sent again and again, held outside the heap as well: a socket takes nothing else,
 * so each sending of a body on the heap allocates and copies. Confined to one context.
 *
 * <p>A body is known by its identity, as caches hand out the same bytes for the same entry. It
 * counts as hot once it was sent {@link #SENDINGS} times from its place; at most {@link #PLACES}
 * bodies of {@link #LARGEST} bytes are held. Memory of a body that lost its place is freed when the
 * last sending of it is over, by the garbage collector.
 */
public final class HotBodies {

  private static final int PLACES = 128;
  private static final int LARGEST = 16 << 10;
  private static final int SENDINGS = 16;

  private final @Nullable Place[] places = new Place[PLACES];

  private static final class Place {
    private final Bytes body;
    private int sendings;
    private @Nullable Buffer outside;

    Place(Bytes body) {
      this.body = body;
    }
  }

  /** A buffer over {@code body} for sending. Whoever gets it must not write to it. */
  @SuppressWarnings("ReferenceEquality") // equal bodies are as good, but comparing them is not
  public Buffer view(Bytes body) {
    if (body.size() > LARGEST) {
      return Buffers.view(body);
    }
    int at = System.identityHashCode(body) & (PLACES - 1);
    Place place = places[at];
    if (place == null || place.body != body) {
      places[at] = new Place(body);
      return Buffers.view(body);
    }
    if (place.outside == null && ++place.sendings >= SENDINGS) {
      place.outside = copied(body);
    }
    return place.outside == null ? Buffers.view(body) : place.outside;
  }

  private static Buffer copied(Bytes body) {
    ByteBuffer copy = ByteBuffer.allocateDirect(body.size()).put(body.asByteBuffer()).flip();
    return BufferInternal.buffer(Unpooled.wrappedBuffer(copy));
  }
}
