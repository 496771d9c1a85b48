package io.ccrelay.cache.cluster;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.ClusterReport;
import io.ccrelay.cache.ClusterReport.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachemanagerlistener.annotation.Merged;
import org.infinispan.notifications.cachemanagerlistener.annotation.ViewChanged;
import org.infinispan.notifications.cachemanagerlistener.event.ViewChangedEvent;
import org.infinispan.remoting.transport.Address;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is in the cluster, and whether that is enough. Safe for use from any thread. */
@Listener
public final class Members implements Standing {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

  private final EmbeddedCacheManager manager;
  private final Quorum quorum;
  private final CacheOptions.Cluster cluster;
  private final boolean expectsOthers;
  private final InstantSource clock;
  private final Supplier<@Nullable View> view;
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private volatile List<String> names = List.of();
  private volatile @Nullable Instant lastMerge;
  private volatile @Nullable Pulse pulse;

  Members(
      EmbeddedCacheManager manager,
      CacheOptions.Cluster cluster,
      boolean expectsOthers,
      InstantSource clock,
      Supplier<@Nullable View> view) {
    this.manager = manager;
    this.cluster = cluster;
    this.quorum =
        new Quorum(cluster.memberCountQuorum(), cluster.readQuorum(), cluster.writeQuorum());
    this.expectsOthers = expectsOthers;
    this.clock = clock;
    this.view = view;
    manager.addListener(this);
    use(manager.getMembers());
  }

  /** Calls {@code follower} after every change of membership. */
  void follow(Runnable follower) {
    followers.add(follower);
  }

  /** Called by Infinispan. */
  @ViewChanged
  public void changed(ViewChangedEvent event) {
    use(event.getNewMembers());
  }

  /** Called by Infinispan. */
  @Merged
  public void merged(ViewChangedEvent event) {
    lastMerge = clock.instant();
    Pulse beating = pulse;
    if (beating != null) {
      beating.met(Reunion.wasSplit(view.get()));
    }
    LOG.warn("cluster: sides that were split have met again");
    use(event.getNewMembers());
  }

  private void use(List<Address> members) {
    names = members.stream().map(Address::toString).toList();
    LOG.atLevel(state() == State.COMPLETE ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN)
        .log("cluster: {}", this);
    followers.forEach(Runnable::run);
  }

  @Override
  public boolean reads() {
    return quorum.reads(names.size()) && sure();
  }

  @Override
  public boolean writes() {
    return quorum.writes(names.size()) && sure();
  }

  private boolean sure() {
    Pulse beating = pulse;
    return beating == null || beating.sure();
  }

  /** Every other member said what was purged. */
  void heard() {
    Pulse beating = pulse;
    if (beating != null) {
      beating.heard();
    }
  }

  /** Uses the cache only while {@code beating} is sure. */
  void heed(Pulse beating) {
    pulse = beating;
  }

  /** Number of members. */
  int count() {
    return names.size();
  }

  List<String> names() {
    return names;
  }

  State state() {
    if (!quorum.reads(names.size())) {
      return State.LACKING;
    }
    return expectsOthers && names.size() == 1 ? State.ALONE : State.COMPLETE;
  }

  String self() {
    return Objects.toString(manager.getAddress(), "");
  }

  ClusterReport report(Map<String, NodeNote> notes, boolean secured, List<String> complaints) {
    return new ClusterReport(
        state(),
        self(),
        Objects.toString(manager.getCoordinator(), ""),
        names.stream().map(name -> member(name, notes.get(name))).toList(),
        cluster.replicaCount(),
        cluster.memberCountQuorum(),
        Optional.ofNullable(lastMerge),
        secured,
        complaints);
  }

  private static ClusterReport.Member member(String name, @Nullable NodeNote note) {
    return note == null
        ? new ClusterReport.Member(name, "", "", 0, 0)
        : new ClusterReport.Member(name, note.address(), note.version(), note.keys(), note.bytes());
  }

  @Override
  public String toString() {
    return switch (state()) {
      case LACKING ->
          "%d of at least %d members %s: the cache is not used until the others come"
              .formatted(names.size(), cluster.memberCountQuorum(), names);
      case ALONE ->
          "alone, though peers are configured: %s; none of cache.olric.peers, which names membership ports (bind_addr + 2), or cache.cluster.dns answered: a wrong address, a firewall, or another secret; looked for again and again"
              .formatted(names);
      case COMPLETE, UNREACHABLE -> "%d members %s".formatted(names.size(), names);
    };
  }
}
