package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.WrappedLeader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that this member leads in the cluster, or is about to. Safe for use from any context.
 */
final class LedFlights {

  private final Registry registry;
  private final ConcurrentHashMap<Key, Claim> claims = new ConcurrentHashMap<>();

  LedFlights(Registry registry) {
    this.registry = registry;
  }

  /** A wish to lead, and what became of it. Compared by identity. */
  final class Claim {

    private final Key key;
    private final Promise<Boolean> granted = Promise.promise();

    private Claim(Key key) {
      this.key = key;
    }

    /** The registrar said no, or nothing. */
    void denied() {
      claims.remove(key, this);
      granted.tryComplete(false);
    }

    /** The registrar said yes: {@code leader}, whose end the registrar hears of. */
    Flights.Leader granted(Flights.Leader leader) {
      granted.tryComplete(true);
      return new Registered(leader, this::end);
    }

    private void end() {
      if (claims.remove(key, this)) {
        registry.release(key);
      }
    }
  }

  /** Before the registrar is asked for {@code key}. */
  Claim claim(Key key) {
    var claim = new Claim(key);
    claims.put(key, claim);
    return claim;
  }

  /** Whether this member leads {@code key}, as soon as that is certain. */
  Future<Boolean> isLed(Key key) {
    Claim claim = claims.get(key);
    return claim == null ? Future.succeededFuture(false) : claim.granted.future();
  }

  Set<Key> keys() {
    return Set.copyOf(claims.keySet());
  }

  /** Flights under way are of no interest to others any more. */
  void clear() {
    claims.clear();
  }

  /** A leader whose end the registrar hears of. Confined to the leader's context. */
  private record Registered(Flights.Leader leader, Runnable end) implements WrappedLeader {

    @Override
    public void complete(Entry entry) {
      WrappedLeader.super.complete(entry);
      end.run();
    }

    @Override
    public void refuse(String token) {
      WrappedLeader.super.refuse(token);
      end.run();
    }

    @Override
    public void fail(String token) {
      WrappedLeader.super.fail(token);
      end.run();
    }
  }
}
