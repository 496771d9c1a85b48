package io.ccrelay.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the subscription of a key by the key's digest, so that the time it takes tells nothing
 * about how much of a key was right.
 */
final class Subscribers {

  private final Map<String, SubscriptionEntity> byDigest = new HashMap<>();

  Subscribers(List<SubscriptionEntity> subscriptions) {
    for (SubscriptionEntity subscription : subscriptions) {
      subscription.keys().forEach(key -> byDigest.put(digest(key), subscription));
    }
  }

  Optional<SubscriptionEntity> of(String key) {
    return byDigest.isEmpty() ? Optional.empty() : Optional.ofNullable(byDigest.get(digest(key)));
  }

  private static String digest(String key) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
