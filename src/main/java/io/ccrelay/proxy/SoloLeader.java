package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.http.Fields;

/** The leader of a flight nobody can board: for requests that share nothing. */
public enum SoloLeader implements Flights.Leader {
  /** The only one; it has no state. */
  INSTANCE;

  @Override
  public void head(int status, Fields fields) {}

  @Override
  public void chunk(Bytes chunk) {}

  @Override
  public void complete(Entry entry) {}

  @Override
  public void refuse(String token) {}

  @Override
  public void fail(String token) {}

  @Override
  public int followers() {
    return 0;
  }

  @Override
  public boolean hungry() {
    return false;
  }

  @Override
  public void onChange(Runnable listener) {}
}
