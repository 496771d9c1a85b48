package io.ccrelay.cache;

import io.ccrelay.http.Fields;

/**
 * A leader around another one: what it does not say itself, {@link #leader} says. Confined to the
 * leader's context.
 */
public interface WrappedLeader extends Flights.Leader {

  /** The one inside. */
  Flights.Leader leader();

  @Override
  default void head(int status, Fields fields) {
    leader().head(status, fields);
  }

  @Override
  default void chunk(Bytes chunk) {
    leader().chunk(chunk);
  }

  @Override
  default void complete(Entry entry) {
    leader().complete(entry);
  }

  @Override
  default void refuse(String token) {
    leader().refuse(token);
  }

  @Override
  default void fail(String token) {
    leader().fail(token);
  }

  @Override
  default int followers() {
    return leader().followers();
  }

  @Override
  default boolean hungry() {
    return leader().hungry();
  }

  @Override
  default void onChange(Runnable listener) {
    leader().onChange(listener);
  }
}
