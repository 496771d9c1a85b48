package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Flights;
import io.ccrelay.http.Fields;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.buffer.Buffer;

/**
 * The audience of an entry that is refreshed in the background: it takes everything and is never
 * gone, so that the answer is read to its end. As a follower it lets others refresh.
 */
final class Nobody implements LlmAudience, Flights.Follower {

  @Override
  public void head(int status, Fields fields, boolean eventStream, String reason) {}

  @Override
  public void head(int status, Fields fields) {}

  @Override
  public void chunk(Buffer chunk) {}

  @Override
  public void chunk(Bytes chunk) {}

  @Override
  public void end() {}

  @Override
  public void whole(int status, Fields fields, Bytes body, boolean kept, String reason) {}

  @Override
  public void failed(UpstreamException cause) {}

  @Override
  public void complete(Entry entry) {}

  @Override
  public void alone(String token) {}

  @Override
  public void leaderless(String token) {}

  @Override
  public boolean behind() {
    return false;
  }

  @Override
  public boolean isGone() {
    return false;
  }
}
