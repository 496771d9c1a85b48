package io.ccrelay.cache.store;

import io.ccrelay.cache.RedisOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all values under the prefix of a store, page by page, so that a server answers
 * others in between. Of a cluster each node that takes writes is gone through by itself. Values
 * that are written meanwhile may stay. Safe for use from any context.
 */
final class RedisSweep {

  /** Keys that a server looks at for a page. */
  private static final int PAGE = 250;

  private final Vertx vertx;
  private final RedisLink link;
  private final RedisOptions options;
  private final LongSupplier nanos;

  RedisSweep(Vertx vertx, RedisLink link, RedisOptions options, LongSupplier nanos) {
    this.vertx = vertx;
    this.link = link;
    this.options = options;
    this.nanos = nanos;
  }

  /** What keys that begin with {@code prefix} look like, whatever characters it has. */
  static String pattern(String prefix) {
    return prefix.replaceAll("[\\\\*?\\[\\]]", "\\\\$0") + "*";
  }

  /** Removes them: how many. */
  Future<Long> clear() {
    return everywhere(server -> pages(server, "0", 0, keys -> remove(server, keys)));
  }

  /** Counts them. */
  Future<Long> count() {
    return everywhere(
        server -> pages(server, "0", 0, keys -> Future.succeededFuture((long) keys.size())));
  }

  private Future<Long> everywhere(Function<RedisLink, Future<Long>> visit) {
    return options.kind() == RedisOptions.Kind.CLUSTER
        ? link.send(Request.cmd(Command.CLUSTER).arg("SLOTS"))
            .compose(slots -> each(List.copyOf(masters(slots)), 0, visit))
        : visit.apply(link);
  }

  /** Where slots are: start, end, then host and port of the node that takes writes. */
  private static Set<String> masters(@Nullable Response slots) {
    var masters = new LinkedHashSet<String>();
    if (slots != null) {
      slots.forEach(range -> masters.add(range.get(2).get(0) + ":" + range.get(2).get(1)));
    }
    return masters;
  }

  private Future<Long> each(
      List<String> servers, int next, Function<RedisLink, Future<Long>> visit) {
    if (next == servers.size()) {
      return Future.succeededFuture(0L);
    }
    var server = new RedisLink(vertx, options.alone(servers.get(next)), nanos);
    return visit
        .apply(server)
        .eventually(server::close)
        .compose(sum -> each(servers, next + 1, visit).map(rest -> sum + rest));
  }

  private Future<Long> pages(
      RedisLink server, String cursor, long sum, Function<List<byte[]>, Future<Long>> visit) {
    Request page =
        Request.cmd(Command.SCAN)
            .arg(cursor)
            .arg("MATCH")
            .arg(pattern(options.prefix()))
            .arg("COUNT")
            .arg(PAGE);
    return server
        .send(page)
        .compose(answer -> {
          if (answer == null) {
            return Future.succeededFuture(sum);
          }
          var keys = new ArrayList<byte[]>();
          answer.get(1).forEach(key -> keys.add(key.toBytes()));
          String next = answer.get(0).toString();
          return visit
              .apply(keys)
              .compose(visited ->
                  next.equals("0")
                      ? Future.succeededFuture(sum + visited)
                      : pages(server, next, sum + visited, visit));
        });
  }

  /** One by one: those of a page have different slots. */
  private static Future<Long> remove(RedisLink server, List<byte[]> keys) {
    var removed =
        keys.stream()
            .map(key -> server.send(Request.cmd(Command.UNLINK).arg(key)).map(RedisCensus::number))
            .toList();
    return Future.join(removed).map(_ -> removed.stream().mapToLong(Future::result).sum());
  }
}
