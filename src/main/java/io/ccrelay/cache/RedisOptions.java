package io.ccrelay.cache;

import java.time.Duration;
import java.util.List;

/**
 * An external cache: a Redis-compatible server, or several.
 *
 * @param kind how the servers belong together
 * @param endpoints {@code host:port} of the server, of the sentinels or of some cluster nodes
 * @param masterName what the sentinels call the server, for {@link Kind#SENTINEL}
 * @param user user name, empty for the default user
 * @param password password, empty for none
 * @param tls whether connections are encrypted and the server's certificate is verified
 * @param certificateAuthority PEM file of the authority to trust, empty for the platform's
 * @param prefix put before every key, so that several programs can share a server
 * @param connections most connections per server
 * @param waiting most commands that wait for a connection
 * @param deadline longest wait for an answer
 */
public record RedisOptions(
    Kind kind,
    List<String> endpoints,
    String masterName,
    String user,
    String password,
    boolean tls,
    String certificateAuthority,
    String prefix,
    int connections,
    int waiting,
    Duration deadline) {

  /** How the servers belong together. */
  public enum Kind {
    /** One server. */
    STANDALONE,
    /** A server that sentinels watch and replace. */
    SENTINEL,
    /** A cluster that shares the keys out. */
    CLUSTER
  }

  /** Makes the list immutable. */
  public RedisOptions {
    endpoints = List.copyOf(endpoints);
  }

  /** One server without password, 8 connections, 1024 waiting commands, 100 ms. */
  public static RedisOptions standalone(String endpoint) {
    return of(Kind.STANDALONE, List.of(endpoint), "");
  }

  /** The server that sentinels at {@code endpoints} call {@code name}; else the same. */
  public static RedisOptions sentinel(String name, List<String> endpoints) {
    return of(Kind.SENTINEL, endpoints, name);
  }

  /** A cluster, some of whose nodes are at {@code endpoints}; else the same. */
  public static RedisOptions cluster(List<String> endpoints) {
    return of(Kind.CLUSTER, endpoints, "");
  }

  private static RedisOptions of(Kind kind, List<String> endpoints, String name) {
    return new RedisOptions(
        kind, endpoints, name, "", "", false, "", "cc-relay:", 8, 1024, Duration.ofMillis(100));
  }

  /** The same with another {@code deadline}. */
  public RedisOptions within(Duration deadline) {
    return with(user, password, tls, certificateAuthority, deadline);
  }

  /** The server at {@code endpoint} alone, met in the same way. */
  public RedisOptions alone(String endpoint) {
    return new RedisOptions(
        Kind.STANDALONE,
        List.of(endpoint),
        "",
        user,
        password,
        tls,
        certificateAuthority,
        prefix,
        connections,
        waiting,
        deadline);
  }

  /** The same for a user. */
  public RedisOptions as(String user, String password) {
    return with(user, password, tls, certificateAuthority, deadline);
  }

  /** The same over TLS, trusting the PEM file {@code authority}; empty: the platform's. */
  public RedisOptions overTls(String authority) {
    return with(user, password, true, authority, deadline);
  }

  private RedisOptions with(
      String user, String password, boolean tls, String authority, Duration deadline) {
    return new RedisOptions(
        kind,
        endpoints,
        masterName,
        user,
        password,
        tls,
        authority,
        prefix,
        connections,
        waiting,
        deadline);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return kind + " " + endpoints + (tls ? " over TLS" : "");
  }
}
