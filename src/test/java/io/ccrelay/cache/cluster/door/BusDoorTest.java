package io.ccrelay.cache.cluster.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What passes the door of the event bus, byte by byte. */
class BusDoorTest {

  private static EmbeddedChannel channel(boolean tls) {
    return new EmbeddedChannel(new BusDoor(new Strangers(new AtomicLong()::get), tls));
  }

  @Property(tries = 200)
  void messagesOfMembersPassHoweverTheyAreCut(
      @ForAll @IntRange(min = 1, max = 300) int first,
      @ForAll @IntRange(min = 1, max = 300) int second,
      @ForAll @IntRange(min = 1, max = 50) int piece) {
    ByteBuf sent = Unpooled.buffer();
    message(sent, first);
    message(sent, second);
    var channel = channel(false);
    int passed = 0;
    for (int at = 0; at < sent.writerIndex(); at += piece) {
      int size = Math.min(piece, sent.writerIndex() - at);
      channel.writeInbound(sent.copy(at, size));
      ByteBuf through = channel.readInbound();
      assertEquals(sent.slice(at, size), through);
      passed += through.readableBytes();
      through.release();
    }
    assertEquals(sent.writerIndex(), passed);
    assertTrue(channel.isOpen());
    var _ = channel.finishAndReleaseAll();
  }

  private static void message(ByteBuf out, int size) {
    out.writeInt(size).writeByte(2);
    for (int i = 1; i < size; i++) {
      out.writeByte(255);
    }
  }

  @Test
  void lengthsBeyondBoundsAndOtherVersionsAreCutOffBeforeAnythingPasses() {
    for (int length : new int[] {BusDoor.LONGEST + 1, Integer.MAX_VALUE, -1, 0}) {
      refused(false, Unpooled.buffer().writeInt(length).writeByte(2));
    }
    refused(false, Unpooled.buffer().writeInt(10).writeByte(3));
    refused(true, Unpooled.buffer().writeInt(10).writeByte(2));
  }

  @Test
  void aBadMessageAfterGoodOnesIsCutOffToo() {
    var channel = channel(false);
    ByteBuf good = Unpooled.buffer();
    message(good, 20);
    channel.writeInbound(good);
    channel.writeInbound(Unpooled.buffer().writeInt(Integer.MAX_VALUE));
    assertFalse(channel.isOpen());
    var _ = channel.finishAndReleaseAll();
  }

  @Test
  void overTlsOnlyTheBeginningIsLookedAt() {
    var channel = channel(true);
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {22, 3, 1}));
    channel.writeInbound(Unpooled.buffer().writeInt(-1));
    assertTrue(channel.isOpen());
    var _ = channel.finishAndReleaseAll();
  }

  private static void refused(boolean tls, ByteBuf sent) {
    var channel = channel(tls);
    channel.writeInbound(sent);
    assertEquals(0, channel.inboundMessages().size());
    assertFalse(channel.isOpen());
    assertEquals(0, sent.refCnt());
  }
}
