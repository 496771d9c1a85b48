package io.ccrelay.semantic;

import java.util.Set;

/** Compares two questions word by word. Pure; safe for use from any context. */
@FunctionalInterface
public interface Vetoes {

  /**
   * Every reason against serving the answer to {@code stored} to somebody who asks {@code asked};
   * empty if there is none. Never throws, whatever the texts are.
   */
  Set<Veto> between(String asked, String stored);
}
