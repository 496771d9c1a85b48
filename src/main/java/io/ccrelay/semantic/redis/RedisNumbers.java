package io.ccrelay.semantic.redis;

import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/** Numbers that Redis answers. */
final class RedisNumbers {

  private RedisNumbers() {}

  /** The number in {@code answer}, 0 for none. */
  static long of(@Nullable Response answer) {
    Long number = answer == null ? null : answer.toLong();
    return number == null ? 0 : number;
  }
}
