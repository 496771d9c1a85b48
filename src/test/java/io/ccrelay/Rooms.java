package io.ccrelay;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;

/** The rooms of the house, which are its packages, by their names below the root. */
final class Rooms {

  static final String ROOT = "io.ccrelay";

  /** Which rooms a room may see beside itself. */
  static final Map<String, Set<String>> MAY_SEE =
      Map.ofEntries(
          Map.entry("http", Set.of()),
          Map.entry("llm", Set.of("http", "cache")),
          Map.entry("llm.sse", Set.of("http", "cache", "llm")),
          Map.entry("cache", Set.of("http")),
          Map.entry("cache.bus", Set.of("cache", "http")),
          Map.entry("cache.purge", Set.of("cache")),
          Map.entry("cache.store", Set.of("cache", "http")),
          Map.entry("semantic", Set.of("cache")),
          Map.entry("semantic.guard", Set.of("semantic")),
          Map.entry("semantic.index", Set.of("semantic", "cache")),
          Map.entry("semantic.redis", Set.of("semantic", "cache", "cache.store")),
          Map.entry("semantic.embedding", Set.of("semantic", "upstream")),
          Map.entry(
              "cache.cluster",
              Set.of(
                  "cache",
                  "cache.store",
                  "cache.cluster.group",
                  "cache.cluster.door",
                  "http",
                  "metrics")),
          Map.entry("cache.cluster.door", Set.of()),
          Map.entry("cache.cluster.group", Set.of("cache", "cache.cluster.door")),
          Map.entry("cache.cluster.wire", Set.of()),
          Map.entry("cache.cluster.stats", Set.of("cache", "cache.cluster.wire")),
          Map.entry("cache.cluster.flight", Set.of("cache", "http", "cache.cluster.wire")),
          Map.entry("cache.cluster.purge", Set.of("cache", "cache.purge", "cache.cluster.wire")),
          Map.entry("limit", Set.of("cache")),
          Map.entry("policy.expression.value", Set.of()),
          Map.entry("policy.expression", Set.of("http", "policy.expression.value")),
          Map.entry(
              "policy", Set.of("http", "policy.expression", "policy.expression.value", "limit")),
          Map.entry(
              "policy.run",
              Set.of(
                  "http",
                  "cache",
                  "limit",
                  "policy",
                  "policy.expression",
                  "policy.expression.value")),
          Map.entry(
              "proxy.policy",
              Set.of(
                  "policy.run",
                  "http",
                  "cache",
                  "limit",
                  "policy",
                  "policy.expression",
                  "policy.expression.value",
                  "upstream",
                  "metrics",
                  "proxy",
                  "proxy.api",
                  "proxy.transport")),
          Map.entry("upstream", Set.of("http")),
          Map.entry("upstream.http", Set.of("http", "upstream")),
          Map.entry("cassette", Set.of("http", "llm", "cache", "upstream")),
          Map.entry("tracing", Set.of("http", "cache", "metrics", "upstream", "proxy")),
          Map.entry("metrics", Set.of("cache", "http")),
          Map.entry("proxy.transport", Set.of()),
          Map.entry(
              "proxy",
              Set.of(
                  "http",
                  "llm",
                  "llm.sse",
                  "cache",
                  "upstream",
                  "metrics",
                  "semantic",
                  "proxy.transport")),
          Map.entry(
              "proxy.api",
              Set.of("http", "cache", "upstream", "metrics", "proxy", "proxy.transport")),
          Map.entry("admin", Set.of("http", "cache", "metrics", "upstream", "llm", "semantic")),
          Map.entry(
              "config",
              Set.of(
                  "http",
                  "llm",
                  "cache",
                  "metrics",
                  "upstream",
                  "proxy",
                  "admin",
                  "launch",
                  "policy",
                  "cassette",
                  "tracing",
                  "semantic")),
          Map.entry(
              "launch",
              Set.of(
                  "http",
                  "llm",
                  "llm.sse",
                  "cache",
                  "cache.bus",
                  "cache.purge",
                  "cache.store",
                  "cache.cluster",
                  "cache.cluster.wire",
                  "cache.cluster.flight",
                  "cache.cluster.purge",
                  "cache.cluster.stats",
                  "limit",
                  "policy",
                  "policy.expression",
                  "policy.expression.value",
                  "policy.run",
                  "proxy.policy",
                  "upstream",
                  "upstream.http",
                  "cassette",
                  "tracing",
                  "metrics",
                  "semantic",
                  "semantic.guard",
                  "semantic.index",
                  "semantic.redis",
                  "semantic.embedding",
                  "proxy",
                  "proxy.transport",
                  "proxy.api",
                  "admin",
                  "config")),
          Map.entry(
              "cli",
              Set.of(
                  "http",
                  "config",
                  "launch",
                  "cache",
                  "upstream",
                  "proxy",
                  "admin",
                  "demo",
                  "semantic",
                  "semantic.guard",
                  "semantic.embedding",
                  "cli.warm")),
          Map.entry("cli.warm", Set.of()),
          Map.entry("cli.boot", Set.of()),
          Map.entry(
              "demo",
              Set.of(
                  "http",
                  "llm",
                  "cache",
                  "upstream",
                  "metrics",
                  "policy",
                  "proxy",
                  "admin",
                  "config",
                  "launch")));

  /** Rooms without Vert.x, Netty, loggers, clocks and JSON trees. */
  static final Set<String> PURE =
      Set.of(
          "http",
          "llm",
          "llm.sse",
          "limit",
          "policy",
          "policy.run",
          "policy.expression",
          "policy.expression.value",
          "semantic.guard");

  /** Rooms that see of Vert.x its futures and buffers only. */
  static final Set<String> PORT = Set.of("cache", "upstream", "semantic");

  /** Rooms that may read the system clock. */
  static final Set<String> MAY_READ_THE_CLOCK = Set.of("launch", "cli", "demo");

  private Rooms() {}

  /** The room that {@code type} is in; empty for the root. */
  static String of(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }
}
