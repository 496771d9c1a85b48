package io.ccrelay.config;

import io.ccrelay.cache.CacheOptions.Near;
import io.ccrelay.cache.CacheOptions.Node;
import io.ccrelay.cache.CacheOptions.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code cache.cluster}: what the original does not know about a node. */
final class NodeSection {

  private static final Node DEFAULTS = Node.DEFAULTS;
  private static final long MOST_BYTES = 1L << 40;

  private NodeSection() {}

  static Node read(Section cluster) {
    var node =
        new Node(
            cluster.text("dns", DEFAULTS.dns()),
            cluster.text("advertise", DEFAULTS.advertise()),
            cluster.size("max_bytes", DEFAULTS.maxBytes(), 1 << 20, MOST_BYTES),
            near(cluster.section("near")),
            tls(cluster));
    cluster.finish(UnknownKeys.REFUSED);
    return node;
  }

  private static Near near(Section near) {
    var options =
        new Near(
            near.flag("enabled", Near.DEFAULTS.enabled()),
            near.size("max_bytes", Near.DEFAULTS.maxBytes(), 0, MOST_BYTES),
            near.duration(
                "max_age", Near.DEFAULTS.maxAge(), Duration.ofMillis(1), Duration.ofMinutes(1)));
    near.finish(UnknownKeys.REFUSED);
    return options;
  }

  private static Optional<TlsFiles> tls(Section cluster) {
    boolean given = cluster.has("tls");
    var tls = cluster.section("tls");
    var files =
        new TlsFiles(
            file(tls, "certificate", given, "the PEM file of this node's certificate chain"),
            file(tls, "key", given, "the PEM file of its private key"),
            file(tls, "authority", given, "the PEM file of the certificates that sign all nodes"));
    tls.finish(UnknownKeys.REFUSED);
    return given ? Optional.of(files) : Optional.empty();
  }

  private static Path file(Section tls, String key, boolean needed, String what) {
    String path = tls.text(key, "");
    if (needed && path.isEmpty()) {
      tls.problem(key, "is required: " + what);
    }
    return Path.of(path);
  }
}
