package io.ccrelay.proxy;

import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.WrappedLeader;
import java.util.function.Consumer;

/** A leader whose complete answer somebody takes note of. Confined to the leader's context. */
record NotedLeader(Flights.Leader leader, Consumer<Entry> note) implements WrappedLeader {

  @Override
  public void complete(Entry entry) {
    WrappedLeader.super.complete(entry);
    note.accept(entry);
  }
}
