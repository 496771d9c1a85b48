package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Passes between {@link Bytes} and Vert.x buffers; only {@link #owned} copies, and once. */
public final class Buffers {

  private Buffers() {}

  /** A buffer over the bytes themselves. Whoever gets it must not write to it. */
  public static Buffer view(Bytes bytes) {
    return bytes.lend((array, offset, length) ->
        BufferInternal.buffer(Unpooled.wrappedBuffer(array, offset, length)));
  }

  /**
   * The content of {@code buffer} as bytes of their own; the array itself where it fits exactly.
   */
  public static Bytes owned(Buffer buffer) {
    if (buffer instanceof BufferInternal internal) {
      var bytes = internal.getByteBuf();
      if (bytes.hasArray()
          && bytes.arrayOffset() == 0
          && bytes.readerIndex() == 0
          && bytes.readableBytes() == bytes.array().length) {
        return Bytes.owned(bytes.array());
      }
    }
    return Bytes.owned(buffer.getBytes());
  }
}
