package io.ccrelay.cache.store;

import io.ccrelay.cache.RedisOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisClientType;
import java.util.concurrent.TimeUnit;

/**
 * What the Redis client has to know of an external cache. Who the master is, and which node has
 * which keys, is asked anew each second, since each command takes a connection by what is known
 * then: the client's own failover, which follows the sentinels on a connection kept open for it, is
 * for connections that outlive a change.
 */
final class RedisConnections {

  private RedisConnections() {}

  static io.vertx.redis.client.RedisOptions of(RedisOptions options) {
    var redis =
        new io.vertx.redis.client.RedisOptions()
            .setType(type(options.kind()))
            .setMaxPoolSize(options.connections())
            .setMaxPoolWaiting(options.waiting())
            .setMaxWaitingHandlers(options.waiting())
            .setPoolName("cc-relay-redis")
            .setNetClientOptions(net(options));
    for (String endpoint : options.endpoints()) {
      redis.addConnectionString((options.tls() ? "rediss://" : "redis://") + endpoint);
    }
    if (!options.masterName().isEmpty()) {
      redis.setMasterName(options.masterName());
    }
    if (!options.user().isEmpty()) {
      redis.setUser(options.user());
    }
    return options.password().isEmpty() ? redis : redis.setPassword(options.password());
  }

  private static RedisClientType type(RedisOptions.Kind kind) {
    return switch (kind) {
      case STANDALONE -> RedisClientType.STANDALONE;
      case SENTINEL -> RedisClientType.SENTINEL;
      case CLUSTER -> RedisClientType.CLUSTER;
    };
  }

  private static NetClientOptions net(RedisOptions options) {
    var net =
        new NetClientOptions()
            .setConnectTimeout((int) Math.max(1, options.deadline().toMillis()))
            .setIdleTimeout((int) RedisLink.SILENCE.toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true);
    if (options.tls()) {
      net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
    }
    return options.certificateAuthority().isEmpty()
        ? net
        : net.setTrustOptions(new PemTrustOptions().addCertPath(options.certificateAuthority()));
  }
}
