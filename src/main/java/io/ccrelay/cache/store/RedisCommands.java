package io.ccrelay.cache.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.jspecify.annotations.Nullable;

/**
 * Commands to the server of a {@link RedisStore} for what is no map of values, on its connections,
 * within its deadline and under its prefix. Safe for use from any context.
 */
public final class RedisCommands {

  private final RedisLink link;
  private final String prefix;

  RedisCommands(RedisLink link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  /** The key {@code name} under the prefix. */
  public String key(String name) {
    return prefix + name;
  }

  /**
   * The answer to a command, {@code null} where Redis says so; a failure is a {@link
   * io.ccrelay.cache.StoreUnavailableException}.
   *
   * @param arguments texts, numbers or bytes
   */
  public Future<@Nullable Response> send(String command, Object... arguments) {
    Request request = Request.cmd(Command.create(command));
    for (Object argument : arguments) {
      if (argument instanceof byte[] bytes) {
        request.arg(Buffer.buffer(bytes));
      } else {
        request.arg(String.valueOf(argument));
      }
    }
    return link.send(request);
  }
}
