package io.ccrelay.proxy.transport;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * On what terms an answer is given again to a request of the same bytes. Its members are called on
 * the context on which it was made.
 *
 * @param until the last instant at which a new answer would say the same
 * @param holds asks the cache whether a new answer would be made from the same stored response
 * @param account told of each answer given again, with the nanoseconds since its request arrived
 * @param name what names this answer and no other, empty if nothing does
 * @param names makes names for later answers, as long as {@code name} and in US-ASCII
 */
public record Repeatable(
    Instant until,
    Supplier<Future<Boolean>> holds,
    LongConsumer account,
    String name,
    Supplier<String> names) {

  /** The terms of an answer that nothing tells from the next one. */
  public static Repeatable unnamed(
      Instant until, Supplier<Future<Boolean>> holds, LongConsumer account) {
    return new Repeatable(until, holds, account, "", () -> "");
  }
}
