package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** {@code SymmetricAlgorithm}: CBC and PKCS #7 unless told otherwise. Confined to one context. */
final class SymmetricCipher {

  private static final Map<String, String> JAVA =
      Map.of(
          "Aes",
          "AES",
          "AesManaged",
          "AES",
          "AesCryptoServiceProvider",
          "AES",
          "Rijndael",
          "AES",
          "RijndaelManaged",
          "AES",
          "TripleDES",
          "DESede",
          "TripleDESCryptoServiceProvider",
          "DESede");

  final String algorithm;
  byte[] key = new byte[0];
  byte[] iv = new byte[0];
  String mode = "CBC";
  String padding = "PKCS7";

  SymmetricCipher(String name) {
    this.algorithm = java(name);
  }

  private static String java(String name) {
    String bare = name.substring(name.lastIndexOf('.') + 1);
    return JAVA.entrySet().stream()
        .filter(known -> known.getKey().equalsIgnoreCase(bare))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> failure("there is no algorithm '" + name + "'"));
  }

  /** The same algorithm with another key and vector. */
  SymmetricCipher with(byte[] otherKey, byte[] otherIv) {
    var other = new SymmetricCipher(algorithm.equals("AES") ? "Aes" : "TripleDES");
    other.key = otherKey;
    other.iv = otherIv;
    other.mode = mode;
    other.padding = padding;
    return other;
  }

  byte[] transformed(byte[] data, boolean encrypt) {
    boolean chained = mode.equals("CBC");
    String padded = padding.equals("None") ? "NoPadding" : "PKCS5Padding";
    try {
      Cipher cipher = Cipher.getInstance(algorithm + "/" + mode + "/" + padded);
      var secret = new SecretKeySpec(key, algorithm);
      int direction = encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
      if (chained) {
        cipher.init(direction, secret, new IvParameterSpec(iv));
      } else {
        cipher.init(direction, secret);
      }
      return cipher.doFinal(data);
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      throw failure("key, vector or data do not fit");
    }
  }

  private static ClrException failure(String problem) {
    return new ClrException("CryptographicException", "Cipher: " + problem + ".");
  }

  /** Without the key. */
  @Override
  public String toString() {
    return algorithm;
  }
}
