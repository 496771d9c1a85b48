package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.http.Fields;

/** A follower that wants nothing: somebody else validates already, and that is enough. */
enum Overlooked implements Flights.Follower {
  /** The only one; it has no state. */
  INSTANCE;

  @Override
  public void head(int status, Fields fields) {}

  @Override
  public void chunk(Bytes chunk) {}

  @Override
  public void complete(Entry entry) {}

  @Override
  public void alone(String token) {}

  @Override
  public void leaderless(String token) {}
}
