package io.ccrelay.testing;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A Redis server, its copy, and three sentinels that put the copy in its place if it fails. */
public final class RedisWatch implements AutoCloseable {

  /** What the sentinels call the server. */
  public static final String NAME = "main";

  private final RedisProcess first;
  private final RedisProcess second;
  private final List<RedisProcess> sentinels;

  private static final class Shared {
    static final RedisWatch ONE = new RedisWatch();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(ONE::close));
    }
  }

  /** One for all tests that leave it as it is, emptied. */
  public static RedisWatch shared() {
    Shared.ONE.first.say("FLUSHALL");
    return Shared.ONE;
  }

  /** All five, in clear and without a password. */
  public RedisWatch() {
    this(RedisProcess::open, master -> RedisProcess.openSentinel(master, 2));
  }

  /** All five over TLS; {@code user} is known to all, with this password. */
  public static RedisWatch overTls(RedisTls tls, String user, String password) {
    String[] settings = {
      "--tls-replication", "yes", "--user", user, "on", ">" + password, "~*", "&*", "+@all"
    };
    return new RedisWatch(
        more ->
            RedisProcess.openBoth(
                tls, Stream.of(settings, more).flatMap(Stream::of).toArray(String[]::new)),
        master ->
            RedisProcess.openSentinelBoth(
                tls, master, 2, "user %s on >%s &* +@all".formatted(user, password)));
  }

  private RedisWatch(
      Function<String[], RedisProcess> opener, Function<RedisProcess, RedisProcess> watcher) {
    first = opener.apply(new String[0]);
    second = opener.apply(new String[] {"--replicaof", "127.0.0.1", String.valueOf(first.port())});
    Waiting.until(
        () -> second.say("INFO", "replication").contains("master_link_status:up"), "copy");
    sentinels = Stream.generate(() -> watcher.apply(first)).limit(3).toList();
    Waiting.until(() -> sentinels.stream().allMatch(RedisWatch::knowsAll), "sentinels that agree");
  }

  private static boolean knowsAll(RedisProcess sentinel) {
    String said = sentinel.say("INFO", "sentinel");
    return said.contains("status=ok") && said.contains("slaves=1,sentinels=3");
  }

  /** Where the sentinels are. */
  public List<String> endpoints() {
    return sentinels.stream().map(RedisProcess::endpoint).toList();
  }

  /** The server that the sentinels name now. */
  public RedisProcess master() {
    String named = sentinels.getFirst().say("SENTINEL", "get-master-addr-by-name", NAME);
    return named.contains("\n" + second.port() + "\n") ? second : first;
  }

  @Override
  public void close() {
    sentinels.forEach(RedisProcess::close);
    second.close();
    first.close();
  }
}
