package io.ccrelay.proxy.api;

import io.ccrelay.cache.Key;
import io.ccrelay.http.CacheRequest;
import io.ccrelay.http.HttpKey;
import io.ccrelay.proxy.ApiOptions.Caching;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * What a request is for, as the cache sees it. Immutable.
 *
 * @param api name of the API: two of them share nothing
 * @param request the request
 * @param key where the target's responses are
 */
record Target(String api, CacheRequest request, Key key) {

  private static final MessageDigest SHA_256 = sha256();

  static Target of(String api, CacheRequest request, String query, Caching options) {
    boolean credentials = carriesCredentials(query, options.credentialParameters());
    return new Target(
        api, credentials ? request.withCredentials() : request, keyOf(api, request.key()));
  }

  /** Where the responses of another target of the same API are. */
  Key keyOf(HttpKey target) {
    return keyOf(api, target);
  }

  /**
   * Under which key requests share one answer under way: those for the same target that agree in
   * {@code selector}, in range and in method.
   */
  Key flight(String selector) {
    String range = request.fields().joined("Range").orElse("");
    return digest(key.hex() + '\n' + selector + '\n' + range);
  }

  /** Its path, for purges. */
  String path() {
    return request.key().path();
  }

  private static Key keyOf(String api, HttpKey target) {
    return digest(api + '\n' + target.text("GET"));
  }

  private static boolean carriesCredentials(String query, Set<String> parameters) {
    if (parameters.isEmpty() || query.isEmpty()) {
      return false;
    }
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (parameters.contains(equals < 0 ? parameter : parameter.substring(0, equals))) {
        return true;
      }
    }
    return false;
  }

  private static Key digest(String text) {
    try {
      // A copy costs a fraction of the search for a provider.
      var sha = (MessageDigest) SHA_256.clone();
      return Key.ofDigest(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of the Java platform can be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
