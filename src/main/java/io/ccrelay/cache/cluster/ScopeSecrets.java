package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys under which credentials enter cache keys: 32 bytes. */
final class ScopeSecrets {

  private static final int BYTES = 32;

  private ScopeSecrets() {}

  /** Of nobody else's knowledge. */
  static Bytes random() {
    var secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return Bytes.owned(secret);
  }

  /** The same wherever {@code clusterSecret} is the same. */
  static Bytes of(String clusterSecret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(clusterSecret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
      return Bytes.owned(mac.doFinal("cc-relay scopes".getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
    }
  }
}
