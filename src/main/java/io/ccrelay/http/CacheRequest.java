package io.ccrelay.http;

/**
 * A request as the rules see it. Immutable; safe for use from any context.
 *
 * @param method the method, as received
 * @param key the target
 * @param fields the fields, as received
 * @param directives its cache directives
 * @param credentials whether it carries credentials in any form
 */
public record CacheRequest(
    String method, HttpKey key, Fields fields, CacheControl directives, boolean credentials) {

  /** A request whose credentials are those {@code options} know. */
  public static CacheRequest of(
      String method, HttpKey key, Fields fields, HttpCacheOptions options) {
    return new CacheRequest(
        method, key, fields, CacheControl.ofRequest(fields), hasCredentials(fields, options));
  }

  private static boolean hasCredentials(Fields fields, HttpCacheOptions options) {
    for (String name : options.credentialFields()) {
      if (fields.has(name)) {
        return true;
      }
    }
    return false;
  }

  /** The same with credentials that are no field, such as a query parameter. */
  public CacheRequest withCredentials() {
    return new CacheRequest(method, key, fields, directives, true);
  }

  /** Whether a stored response may answer the method (RFC 9110 section 9.2.3). */
  public boolean isRetrieval() {
    return isGet() || method.equals("HEAD");
  }

  /** Whether the method is GET. */
  public boolean isGet() {
    return method.equals("GET");
  }

  /** Whether it holds a condition that only the origin may evaluate (RFC 9111 section 4.3.2). */
  public boolean isForOrigin() {
    return fields.has("If-Match") || fields.has("If-Unmodified-Since");
  }

  /** Whether the answer depends on a condition. */
  boolean isConditional() {
    return isForOrigin() || fields.has("If-None-Match") || fields.has("If-Modified-Since");
  }
}
