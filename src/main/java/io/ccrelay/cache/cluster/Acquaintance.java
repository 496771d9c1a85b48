package io.ccrelay.cache.cluster;

import io.ccrelay.cache.ClusterReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node knows of the others, and tells them of itself. Settings that should be equal and are
 * not are told of once. Safe for use from any thread.
 */
final class Acquaintance {

  private static final Logger LOG = LoggerFactory.getLogger(Acquaintance.class);

  private final Accord accord;
  private final NodeNote own;
  private volatile Map<String, NodeNote> notes = Map.of();
  private volatile List<String> complaints = List.of();

  /** Of a node that is {@code own}. */
  Acquaintance(Accord accord, NodeNote own) {
    this.accord = accord;
    this.own = own;
  }

  /** Tells what this node is and {@code holds}, and hears what the others are. Blocks. */
  void exchange(Members members, Optional<SharedMap.Extent> holds) {
    NodeNote now = holds.map(own::holding).orElse(own);
    accord.publish(members.self(), now).toCompletableFuture().join();
    var heard = new LinkedHashMap<String, NodeNote>();
    for (String name : members.names()) {
      accord.noteOf(name).toCompletableFuture().join().ifPresent(it -> heard.put(name, it));
    }
    notes = Map.copyOf(heard);
    complain(heard);
  }

  private void complain(Map<String, NodeNote> heard) {
    List<String> now =
        heard.values().stream()
            .filter(note -> !note.address().equals(own.address()))
            .flatMap(note ->
                own.differences(note).stream()
                    .map(difference -> "node %s: %s".formatted(note.address(), difference)))
            .toList();
    for (String complaint : now) {
      if (!complaints.contains(complaint)) {
        LOG.warn(
            "cluster: settings that must be equal on all nodes are not: {}; make them equal",
            complaint);
      }
    }
    complaints = now;
  }

  /** What is known of the cluster now. */
  ClusterReport report(Members members, boolean secured) {
    return members.report(notes, secured, complaints);
  }
}
