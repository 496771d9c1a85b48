package io.ccrelay.proxy.policy;

/** Origins that need no check, since the operator named them as backends. Safe for any context. */
@FunctionalInterface
public interface TrustedOrigins {

  /** Whether {@code origin}, such as {@code https://host:8443}, is one of them. */
  boolean contains(String origin);
}
