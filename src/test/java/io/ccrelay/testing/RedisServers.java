package io.ccrelay.testing;

import io.ccrelay.cache.RedisOptions;
import java.util.function.Supplier;

/** Redis servers that can be troubled, in every arrangement that a relay can use. */
public enum RedisServers {
  /** One. */
  STANDALONE {
    @Override
    public Running open() {
      var server = RedisProcess.open();
      return new Running(RedisOptions.standalone(server.endpoint()), () -> server, server);
    }
  },

  /** One that is spoken to over TLS, as a user. */
  TLS_WITH_A_USER {
    @Override
    public Running open() {
      var tls = RedisTls.shared();
      var server = RedisProcess.openTls(tls, RedisTls.only("relay", "secret"));
      var options = RedisOptions.standalone(server.endpoint()).as("relay", "secret");
      return new Running(options.overTls(tls.authority()), () -> server, server);
    }
  },

  /** Three that share the keys out; one of them is troubled. */
  CLUSTER {
    @Override
    public Running open() {
      var cluster = new RedisCluster();
      var options = RedisOptions.cluster(cluster.endpoints());
      return new Running(options, () -> cluster.node(2), cluster);
    }
  },

  /** Two with sentinels; the master is troubled. */
  SENTINELS {
    @Override
    public Running open() {
      var watch = new RedisWatch();
      var options = RedisOptions.sentinel(RedisWatch.NAME, watch.endpoints());
      return new Running(options, watch::master, watch);
    }
  },

  /** The cluster over TLS, as a user. */
  CLUSTER_OVER_TLS {
    @Override
    public Running open() {
      var tls = RedisTls.shared();
      var cluster =
          RedisCluster.overTls(tls, "--user", "relay", "on", ">secret", "~*", "&*", "+@all");
      var options = RedisOptions.cluster(cluster.endpoints()).as("relay", "secret");
      return new Running(options.overTls(tls.authority()), () -> cluster.node(2), cluster);
    }
  },

  /** The servers with sentinels, all over TLS, as a user. */
  SENTINELS_OVER_TLS {
    @Override
    public Running open() {
      var tls = RedisTls.shared();
      var watch = RedisWatch.overTls(tls, "relay", "secret");
      var options = RedisOptions.sentinel(RedisWatch.NAME, watch.endpoints()).as("relay", "secret");
      return new Running(options.overTls(tls.authority()), watch::master, watch);
    }
  };

  /** All of them, empty and answering. */
  public abstract Running open();

  /** Servers that run, and the one that is troubled. */
  public record Running(
      RedisOptions options, Supplier<RedisProcess> troubled, AutoCloseable servers)
      implements AutoCloseable {

    /** The one to trouble now. */
    public RedisProcess server() {
      return troubled.get();
    }

    @Override
    public void close() throws Exception {
      servers.close();
    }
  }
}
