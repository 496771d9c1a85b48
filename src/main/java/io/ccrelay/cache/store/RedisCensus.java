package io.ccrelay.cache.store;

import io.ccrelay.cache.RedisOptions;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a server holds under the prefix of a store. Of a large server the first {@link
 * #SAMPLE} values are weighed and the rest is taken to be like them. In a cluster only the number
 * of all keys is known. Safe for use from any context.
 */
final class RedisCensus {

  /** Values weighed at most. */
  static final int SAMPLE = 1000;

  private final RedisLink link;
  private final String pattern;
  private final boolean cluster;
  private volatile long evictedBefore = -1;

  /** What was counted. */
  record Count(long keys, long bytes, long evicted) {}

  RedisCensus(RedisLink link, RedisOptions options) {
    this.link = link;
    this.pattern = RedisSweep.pattern(options.prefix());
    this.cluster = options.kind() == RedisOptions.Kind.CLUSTER;
  }

  Future<Count> take() {
    return cluster
        ? link.send(Request.cmd(Command.DBSIZE)).map(size -> new Count(number(size), 0, 0))
        : scan("0", new ArrayList<>()).compose(this::weighed);
  }

  private Future<List<byte[]>> scan(String cursor, List<byte[]> found) {
    Request page =
        Request.cmd(Command.SCAN).arg(cursor).arg("MATCH").arg(pattern).arg("COUNT").arg(SAMPLE);
    return link.send(page)
        .compose(answer -> {
          if (answer == null) {
            return Future.succeededFuture(found);
          }
          answer.get(1).forEach(key -> found.add(key.toBytes()));
          String next = answer.get(0).toString();
          return next.equals("0") || found.size() >= SAMPLE
              ? Future.succeededFuture(found)
              : scan(next, found);
        });
  }

  private Future<Count> weighed(List<byte[]> keys) {
    List<Future<Long>> sizes =
        keys.stream()
            .map(key ->
                link.send(Request.cmd(Command.MEMORY).arg("USAGE").arg(key))
                    .map(RedisCensus::number))
            .toList();
    return Future.join(sizes)
        .compose(_ -> {
          long bytes = sizes.stream().mapToLong(Future::result).sum();
          return keys.size() < SAMPLE
              ? count(keys.size(), bytes)
              : extrapolated(keys.size(), bytes);
        });
  }

  private Future<Count> extrapolated(long sampled, long bytes) {
    return link.send(Request.cmd(Command.DBSIZE))
        .compose(size -> {
          long keys = Math.max(sampled, number(size));
          return count(keys, (long) ((double) bytes / sampled * keys));
        });
  }

  /** The server counts evictions since it started; ours begin with the first census. */
  private Future<Count> count(long keys, long bytes) {
    return link.send(Request.cmd(Command.INFO).arg("stats"))
        .map(info -> {
          long total = evicted(String.valueOf(info));
          if (evictedBefore < 0 || evictedBefore > total) {
            evictedBefore = total;
          }
          return new Count(keys, bytes, total - evictedBefore);
        });
  }

  private static long evicted(String info) {
    for (String line : info.split("\r?\n", -1)) {
      if (line.startsWith("evicted_keys:")) {
        return Long.parseLong(line.substring("evicted_keys:".length()).trim());
      }
    }
    return 0;
  }

  static long number(@Nullable Response response) {
    Long number = response == null ? null : response.toLong();
    return number == null ? 0 : number;
  }
}
