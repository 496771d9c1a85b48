package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.http.Fields;
import java.util.function.Consumer;

/** A leader whose complete answer somebody takes note of. Confined to the leader's context. */
record NotedLeader(Flights.Leader leader, Consumer<Entry> note) implements Flights.Leader {

  @Override
  public void head(int status, Fields fields) {
    leader.head(status, fields);
  }

  @Override
  public void chunk(Bytes chunk) {
    leader.chunk(chunk);
  }

  @Override
  public void complete(Entry entry) {
    leader.complete(entry);
    note.accept(entry);
  }

  @Override
  public void refuse(String token) {
    leader.refuse(token);
  }

  @Override
  public void fail(String token) {
    leader.fail(token);
  }

  @Override
  public int followers() {
    return leader.followers();
  }

  @Override
  public boolean hungry() {
    return leader.hungry();
  }

  @Override
  public void onChange(Runnable listener) {
    leader.onChange(listener);
  }
}
