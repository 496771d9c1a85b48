package io.ccrelay.cache.cluster;

import io.ccrelay.cache.CacheOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node tells the others about itself.
 *
 * @param address its client port
 * @param version of its program
 * @param dmap {@code cache.olric.dmap_name}
 * @param environment {@code cache.olric.environment}
 * @param replicas {@code cache.olric.replica_count}
 * @param quorum {@code cache.olric.member_count_quorum}
 * @param keys entries it holds
 * @param bytes memory they take
 */
record NodeNote(
    String address,
    String version,
    String dmap,
    String environment,
    int replicas,
    int quorum,
    long keys,
    long bytes) {

  /** The note of a node of {@code options} that holds nothing yet. */
  static NodeNote of(CacheOptions options, String address, String version) {
    var cluster = options.cluster();
    return new NodeNote(
        address,
        version,
        cluster.dmapName(),
        cluster.environment().name(),
        cluster.replicaCount(),
        cluster.memberCountQuorum(),
        0,
        0);
  }

  NodeNote holding(SharedMap.Extent extent) {
    return new NodeNote(
        address, version, dmap, environment, replicas, quorum, extent.keys(), extent.bytes());
  }

  /** In which settings {@code other} differs that should be equal on all nodes. */
  List<String> differences(NodeNote other) {
    var found = new ArrayList<String>();
    differ(found, "cache.olric.dmap_name", dmap, other.dmap);
    differ(found, "cache.olric.environment", environment, other.environment);
    differ(found, "cache.olric.replica_count", replicas, other.replicas);
    differ(found, "cache.olric.member_count_quorum", quorum, other.quorum);
    differ(found, "the version", version, other.version);
    return found;
  }

  private void differ(List<String> found, String what, Object mine, Object theirs) {
    if (!mine.equals(theirs)) {
      found.add("%s is %s here and %s there".formatted(what, mine, theirs));
    }
  }

  String encoded() {
    return new JsonObject()
        .put("address", address)
        .put("version", version)
        .put("dmap", dmap)
        .put("environment", environment)
        .put("replicas", replicas)
        .put("quorum", quorum)
        .put("keys", keys)
        .put("bytes", bytes)
        .encode();
  }

  /** The note that {@link #encoded} wrote; empty if it is none, as one of another version. */
  static Optional<NodeNote> decode(String text) {
    try {
      var json = new JsonObject(text);
      return Optional.of(
          new NodeNote(
              text(json, "address"),
              text(json, "version"),
              text(json, "dmap"),
              text(json, "environment"),
              json.getInteger("replicas", 0),
              json.getInteger("quorum", 0),
              json.getLong("keys", 0L),
              json.getLong("bytes", 0L)));
    } catch (DecodeException | ClassCastException foreign) {
      return Optional.empty();
    }
  }

  private static String text(JsonObject json, String name) {
    return Objects.requireNonNullElse(json.getString(name), "");
  }
}
