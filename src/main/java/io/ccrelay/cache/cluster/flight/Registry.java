package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Key;
import io.ccrelay.cache.cluster.wire.Wire;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who leads which key in the cluster, as far as members can be asked. Safe for use from any
 * context.
 */
final class Registry {

  /** Turns for which a member that did not answer is not asked again. */
  private static final int SUSPICION = 2;

  /** Most keys of one message. */
  private static final int MOST_RENEWED = 512;

  private final Wire wire;
  private final Duration deadline;
  private final Leases leases = new Leases();
  private final Map<String, Integer> suspects = new ConcurrentHashMap<>();

  /**
   * A registry without leases.
   *
   * @param deadline longest wait for a registrar
   */
  Registry(Wire wire, Duration deadline) {
    this.wire = wire;
    this.deadline = deadline;
  }

  /** The leases whose registrar this member is. */
  Leases leases() {
    return leases;
  }

  /**
   * Who leads {@code key} other than this member; if nobody does, or by {@code force}, this one
   * from now on. Fails within the deadline, at once if the registrar failed to answer just now.
   */
  Future<Optional<String>> claim(Key key, boolean force) {
    String registrar = registrar(key);
    if (registrar.equals(wire.self())) {
      return Future.succeededFuture(leases.claim(key, wire.self(), force));
    }
    return ask(registrar, new Frame.Claim(key, force))
        .map(answer ->
            answer instanceof Frame.Taken(String member) && !member.equals(wire.self())
                ? Optional.of(member)
                : Optional.empty());
  }

  /** Asks {@code member}; fails within the deadline, at once if it did not answer lately. */
  Future<Frame> ask(String member, Frame question) {
    if (suspects.containsKey(member)) {
      return Future.failedFuture("no answer lately");
    }
    return wire.ask(member, FrameFormat.encode(question), deadline)
        .map(FrameFormat::decode)
        .compose(answer ->
            answer.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture("unreadable")))
        .onFailure(_ -> suspects.put(member, SUSPICION));
  }

  /** The answer to the claim of {@code member}. */
  Buffer claimed(String member, Frame.Claim claim) {
    return FrameFormat.encode(
        leases
            .claim(claim.key(), member, claim.force())
            .<Frame>map(Frame.Taken::new)
            .orElseGet(Frame.Granted::new));
  }

  /** This member leads {@code key} no more. */
  void release(Key key) {
    String registrar = registrar(key);
    if (registrar.equals(wire.self())) {
      leases.release(key, wire.self());
    } else {
      wire.tell(registrar, FrameFormat.encode(new Frame.Release(key)));
    }
  }

  /** A turn has passed, in which this member has led {@code keys}. */
  void turn(Collection<Key> keys) {
    suspects.replaceAll((_, turns) -> turns - 1);
    suspects.values().removeIf(turns -> turns <= 0);
    leases.turn();
    var byRegistrar = new HashMap<String, List<Key>>();
    for (Key key : keys) {
      byRegistrar.computeIfAbsent(registrar(key), _ -> new ArrayList<>()).add(key);
    }
    byRegistrar.forEach(this::renew);
  }

  private void renew(String registrar, List<Key> keys) {
    if (registrar.equals(wire.self())) {
      keys.forEach(key -> leases.renew(key, registrar));
      return;
    }
    for (int at = 0; at < keys.size(); at += MOST_RENEWED) {
      var some = keys.subList(at, Math.min(keys.size(), at + MOST_RENEWED));
      wire.tell(registrar, FrameFormat.encode(new Frame.Renew(some)));
    }
  }

  private String registrar(Key key) {
    return Registrars.of(key, wire.members());
  }
}
