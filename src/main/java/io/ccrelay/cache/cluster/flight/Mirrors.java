package io.ccrelay.cache.cluster.flight;

import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.cluster.wire.Wire;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** The flights here whose leaders are elsewhere. Safe for use from any context. */
final class Mirrors {

  private final Wire wire;
  private final AtomicLong streams = new AtomicLong();
  private final ConcurrentHashMap<Long, Mirror> byStream = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Key, Mirror> byKey = new ConcurrentHashMap<>();

  Mirrors(Wire wire) {
    this.wire = wire;
  }

  /** A mirror of the flight of {@code key} that {@code member} leads. */
  Mirror of(Key key, String member, Flights.Leader leader, Executor context) {
    long stream = streams.incrementAndGet();
    var mirror = new Mirror(wire, member, stream, leader, context, gone -> forget(key, gone));
    byStream.put(stream, mirror);
    byKey.put(key, mirror);
    return mirror;
  }

  private void forget(Key key, Mirror gone) {
    byStream.remove(gone.stream());
    byKey.remove(key, gone);
  }

  boolean has(Key key) {
    return byKey.containsKey(key);
  }

  /** What nobody here listens to any more is not to be sent any more. */
  void told(String member, Frame.News news) {
    Mirror mirror = byStream.get(news.stream());
    if (mirror != null && mirror.member().equals(member)) {
      mirror.told(news);
    } else if (news.event().cost() > 0 || news.event() instanceof Frame.Beat) {
      wire.tell(member, FrameFormat.encode(new Frame.Leave(news.stream())));
    }
  }

  void turn() {
    byStream.values().forEach(Mirror::turn);
  }

  void lost(Predicate<Mirror> which, String token) {
    byStream.values().stream().filter(which).forEach(mirror -> mirror.lost(token));
  }
}
