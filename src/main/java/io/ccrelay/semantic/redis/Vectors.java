package io.ccrelay.semantic.redis;

import io.ccrelay.semantic.Embedding;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vectors and similarities as vector sets have them. */
final class Vectors {

  private Vectors() {}

  /**
   * An element that was found.
   *
   * @param cosine from -1 to 1
   */
  record Scored(String entry, double cosine) {}

  /** Little-endian floats. */
  static byte[] bytes(Embedding embedding) {
    var components = new float[embedding.dimensions()];
    embedding.copyTo(components, 0);
    var bytes = ByteBuffer.allocate(4 * components.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(components);
    return bytes.array();
  }

  /** Elements with scores: a map in RESP 3, pairs before; a score is (1 + cosine) / 2. */
  static List<Scored> scored(@Nullable Response found) {
    var scored = new ArrayList<Scored>();
    if (found != null && found.isMap()) {
      for (String entry : found.getKeys()) {
        scored.add(scored(entry, found.get(entry)));
      }
    } else if (found != null) {
      for (int i = 0; i + 1 < found.size(); i += 2) {
        scored.add(scored(found.get(i).toString(), found.get(i + 1)));
      }
    }
    return scored;
  }

  private static Scored scored(String entry, Response score) {
    return new Scored(entry, 2 * Double.parseDouble(score.toString()) - 1);
  }

  /** The number that {@code info}, names and values, has under {@code name}; 0 for none. */
  static long number(Response info, String name) {
    if (info.isMap()) {
      return info.containsKey(name) ? RedisNumbers.of(info.get(name)) : 0;
    }
    for (int i = 0; i + 1 < info.size(); i += 2) {
      if (info.get(i).toString().equals(name)) {
        return RedisNumbers.of(info.get(i + 1));
      }
    }
    return 0;
  }
}
