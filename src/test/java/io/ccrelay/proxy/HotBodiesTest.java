package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HotBodiesTest {

  private static final int OFTEN = 100;

  private final HotBodies bodies = new HotBodies();

  @Test
  void whatIsSentOftenLeavesTheHeapAndStaysWhatItIs() {
    Bytes body = body("an answer");
    assertFalse(isOutside(bodies.view(body)));
    for (int i = 0; i < OFTEN; i++) {
      assertEquals("an answer", bodies.view(body).toString());
    }
    assertTrue(isOutside(bodies.view(body)));
  }

  @Test
  void whoReadsOneSendingMovesNothingForTheNext() {
    Bytes body = body("an answer");
    for (int i = 0; i < OFTEN; i++) {
      var sending = ((BufferInternal) bodies.view(body)).getByteBuf();
      assertEquals(9, sending.readableBytes());
      sending.skipBytes(9);
    }
  }

  @Test
  void equalBodiesThatAreNotTheSameAreNotTakenForHot() {
    for (int i = 0; i < OFTEN; i++) {
      assertFalse(isOutside(bodies.view(body("an answer"))));
    }
  }

  @Test
  void largeBodiesStayWhereTheyAre() {
    Bytes body = Bytes.owned(new byte[(16 << 10) + 1]);
    for (int i = 0; i < OFTEN; i++) {
      assertFalse(isOutside(bodies.view(body)));
    }
  }

  @Test
  void aPartOfLargerBytesIsSentAsThatPart() {
    Bytes part = body("before, the part, after").slice(8, 16);
    for (int i = 0; i < OFTEN; i++) {
      assertArrayEquals(
          "the part".getBytes(StandardCharsets.US_ASCII), bodies.view(part).getBytes());
    }
  }

  private static Bytes body(String text) {
    return Bytes.owned(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isOutside(Buffer buffer) {
    return ((BufferInternal) buffer).getByteBuf().isDirect();
  }
}
