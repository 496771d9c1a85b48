package io.ccrelay.llm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform has. Safe for use from any context. */
final class Sha256 {

  /** Never fed, only copied: a copy costs a tenth of a look-up by name. */
  private static final MessageDigest BLANK = blank();

  private Sha256() {}

  /** A digest to feed. */
  static MessageDigest start() {
    try {
      return (MessageDigest) BLANK.clone();
    } catch (CloneNotSupportedException e) {
      return blank();
    }
  }

  /** The digest of a span. */
  static byte[] of(byte[] bytes, int offset, int length) {
    var digest = start();
    digest.update(bytes, offset, length);
    return digest.digest();
  }

  private static MessageDigest blank() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
