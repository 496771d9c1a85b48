package io.ccrelay.llm.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes gathered in pieces are the bytes that were given. */
class BlocksTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 1024, 1025, 262_144, 262_145, 3_000_000})
  void whatWasGatheredIsWhatWasGiven(int size) {
    var random = new Random(size);
    var expected = new ByteArrayOutputStream();
    var blocks = new Blocks();
    while (expected.size() < size) {
      byte[] piece = new byte[Math.min(size - expected.size(), 1 + random.nextInt(300_000))];
      random.nextBytes(piece);
      expected.writeBytes(piece);
      blocks.append(Bytes.copyOf(piece).slice(0, piece.length));
      blocks.append(Bytes.empty());
    }
    assertEquals(size, blocks.size());
    assertEquals(Bytes.owned(expected.toByteArray()), blocks.joined());
  }
}
