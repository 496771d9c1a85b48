package io.ccrelay.policy;

import java.util.List;
import java.util.Optional;

/** Statements that read or write a cache: of responses, or of values. */
public sealed interface CachePolicy extends Policy {

  /** Which cache a statement means. */
  enum CachingType implements Token {
    /** The built-in one. */
    INTERNAL("internal"),
    /** The configured one; without it every look-up is a miss and nothing is stored. */
    EXTERNAL("external"),
    /** The configured one, the built-in one if there is none. */
    PREFER_EXTERNAL("prefer-external");

    private final String token;

    CachingType(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** What caches behind the relay are told. */
  enum DownstreamCaching implements Token {
    /** Not to store. */
    NONE("none"),
    /** To store for one user. */
    PRIVATE("private"),
    /** To store for all. */
    PUBLIC("public");

    private final String token;

    DownstreamCaching(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /**
   * {@code cache-lookup}: answers from the cache; a hit goes on after the {@code cache-store}.
   *
   * @param varyByHeaders names as written, in document order
   * @param varyByQueryParameters names as written, in document order; none = see the profile
   */
  record Lookup(
      Place place,
      PolicyValue<Boolean> varyByDeveloper,
      PolicyValue<Boolean> varyByDeveloperGroups,
      CachingType cachingType,
      PolicyValue<DownstreamCaching> downstreamCachingType,
      PolicyValue<Boolean> mustRevalidate,
      PolicyValue<Boolean> allowPrivateResponseCaching,
      List<String> varyByHeaders,
      List<String> varyByQueryParameters)
      implements CachePolicy {

    /** Makes the lists immutable. */
    public Lookup {
      varyByHeaders = List.copyOf(varyByHeaders);
      varyByQueryParameters = List.copyOf(varyByQueryParameters);
    }
  }

  /**
   * {@code cache-store}: stores the response where the look-up looked.
   *
   * @param duration seconds
   * @param cacheResponse whether any status is stored; otherwise only 200
   */
  record Store(Place place, PolicyValue<Integer> duration, PolicyValue<Boolean> cacheResponse)
      implements CachePolicy {}

  /**
   * {@code cache-lookup-value}: puts a stored value into a variable.
   *
   * @param defaultValue for a miss; without it the variable is left as it was
   */
  record LookupValue(
      Place place,
      PolicyValue<String> key,
      String variableName,
      Optional<PolicyValue<Object>> defaultValue,
      CachingType cachingType)
      implements CachePolicy {}

  /**
   * {@code cache-store-value}: stores a typed value.
   *
   * @param duration seconds
   */
  record StoreValue(
      Place place,
      PolicyValue<String> key,
      PolicyValue<Object> value,
      PolicyValue<Integer> duration,
      CachingType cachingType)
      implements CachePolicy {}

  /** {@code cache-remove-value}: removes the value of exactly one key. */
  record RemoveValue(
      Place place,
      PolicyValue<String> key,
      CachingType cachingType,
      PolicyValue<Boolean> failOnCacheRemovalError)
      implements CachePolicy {}

  /**
   * {@code cache-value}: a stored value, or what its block computes; one caller computes for all.
   *
   * @param expiresAfter seconds after which a value is gone
   * @param refreshAfter seconds after which the block runs again; absent = {@code expiresAfter}
   * @param value the block
   */
  record CachedValue(
      Place place,
      PolicyValue<String> key,
      String variableName,
      PolicyValue<Integer> expiresAfter,
      Optional<PolicyValue<Integer>> refreshAfter,
      Optional<PolicyValue<Object>> defaultValue,
      CachingType cachingType,
      List<Policy> value)
      implements CachePolicy {

    /** Seconds a value lives unless the document says otherwise. */
    public static final int DEFAULT_EXPIRES_AFTER = 28_800;

    /** Makes the list immutable. */
    public CachedValue {
      value = List.copyOf(value);
    }

    @Override
    public List<Policy> nested() {
      return value;
    }
  }
}
