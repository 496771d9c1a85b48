package io.ccrelay.policy.expression;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A hash or, with a key, a keyed hash (RFC 2104). */
final class HashAlgorithm {

  private final String name;
  private final byte @Nullable [] key;

  /**
   * @param name name of the algorithm in Java
   * @param key the key, {@code null} for a plain hash
   */
  HashAlgorithm(String name, byte @Nullable [] key) {
    this.name = name;
    this.key = key;
  }

  String name() {
    return name;
  }

  byte[] compute(byte[] data) {
    try {
      if (key == null) {
        return MessageDigest.getInstance(name).digest(data);
      }
      var mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
      return mac.doFinal(data);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(name, missing);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return name;
  }
}
