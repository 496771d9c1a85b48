package io.ccrelay.policy;

import java.util.Set;

/**
 * How documents are understood where gateways differ or Azure's way is dangerous.
 *
 * @param queryKey which query parameters separate stored responses
 * @param missingVariable what {@code Variables["absent"]} gives
 * @param anonymousRate what {@code rate-limit} does without a subscription
 * @param honourRequestCacheControl whether a request's {@code no-cache} and {@code no-store} count
 * @param respectBackendCacheControl whether an answer's {@code no-store} and {@code private} keep
 *     it out
 * @param internalCache what {@code caching-type="internal"} means
 * @param methods whose answers {@code cache-lookup} looks up
 */
public record Profile(
    QueryKey queryKey,
    MissingVariable missingVariable,
    AnonymousRate anonymousRate,
    boolean honourRequestCacheControl,
    boolean respectBackendCacheControl,
    InternalCache internalCache,
    Set<CachedMethod> methods) {

  /** The defaults. */
  public static final Profile DEFAULTS =
      new Profile(
          QueryKey.ALL,
          MissingVariable.NULL,
          AnonymousRate.SKIP,
          false,
          false,
          InternalCache.LOCAL,
          Set.of(CachedMethod.GET));

  /** Makes the set immutable. */
  public Profile {
    methods = Set.copyOf(methods);
  }

  /** Which query parameters separate stored responses. */
  public enum QueryKey implements Token {
    /** All, unless the document names some. */
    ALL("all"),
    /** Those the document or the operation's template names, as Azure does. */
    DECLARED("declared");

    private final String token;

    QueryKey(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** What a variable gives that was never set. */
  public enum MissingVariable implements Token {
    /** Null. */
    NULL("null"),
    /** An error. */
    THROW("throw");

    private final String token;

    MissingVariable(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** What a limit of subscriptions does for callers without one. */
  public enum AnonymousRate implements Token {
    /** Nothing, as Azure does. */
    SKIP("skip"),
    /** All of them share one counter. */
    ANONYMOUS("anonymous");

    private final String token;

    AnonymousRate(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** Who shares the internal cache. */
  public enum InternalCache implements Token {
    /** Nobody: one for each node. */
    LOCAL("local"),
    /** The nodes of the cluster, as the units of an Azure service do. */
    CLUSTER("cluster");

    private final String token;

    InternalCache(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** A method whose answers may be stored. */
  public enum CachedMethod implements Token {
    /** The only one of Azure. */
    GET("GET"),
    /** From what GET stored. */
    HEAD("HEAD"),
    /** By a digest of the request's body. */
    POST("POST");

    private final String token;

    CachedMethod(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }
}
