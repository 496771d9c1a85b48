package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/**
 * {@code RSA} (RFC 8017): verifies and encrypts, and signs and decrypts where there is a private
 * key. What a private key is made of cannot be read again. Confined to one context.
 */
final class RsaKey {

  private static final int LONGEST_MODULUS = 8192;

  /** A signature with it takes some milliseconds of the event loop. */
  private static final int LONGEST_SECRET = 4096;

  private @Nullable RSAPublicKey key;
  private @Nullable RSAPrivateKey own;

  RsaKey(@Nullable RSAPublicKey key) {
    this.key = key;
  }

  RsaKey(RSAPublicKey key, RSAPrivateKey own) {
    this.key = key;
    this.own = own;
  }

  /** {@code RSAParameters}; without {@code d} they are a public key. Confined to one context. */
  static final class Parameters {
    byte[] modulus = new byte[0];
    byte[] exponent = new byte[0];
    byte[] d = new byte[0];
    byte[] p = new byte[0];
    byte[] q = new byte[0];
    byte[] dp = new byte[0];
    byte[] dq = new byte[0];
    byte[] inverseQ = new byte[0];

    /** With the factors where they are given: they make it four times as fast. */
    private KeySpec secret() {
      return p.length == 0
          ? new RSAPrivateKeySpec(number(modulus), number(d))
          : new RSAPrivateCrtKeySpec(
              number(modulus),
              number(exponent),
              number(d),
              number(p),
              number(q),
              number(dp),
              number(dq),
              number(inverseQ));
    }

    private static BigInteger number(byte[] bytes) {
      return new BigInteger(1, bytes);
    }
  }

  void take(Parameters parameters) {
    var modulus = new BigInteger(1, parameters.modulus);
    if (modulus.bitLength() > LONGEST_MODULUS) {
      throw failure("the key is too long");
    }
    try {
      var spec = new RSAPublicKeySpec(modulus, new BigInteger(1, parameters.exponent));
      var keys = KeyFactory.getInstance("RSA");
      key = (RSAPublicKey) keys.generatePublic(spec);
      own =
          parameters.d.length == 0
              ? null
              : (RSAPrivateKey) keys.generatePrivate(parameters.secret());
    } catch (InvalidKeySpecException malformed) {
      throw failure("the parameters are no key");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  int size() {
    return known().getModulus().bitLength();
  }

  boolean verifies(byte[] data, byte[] signature, ClrEnum hash, ClrEnum padding) {
    try {
      Signature verifier = signature(hash, padding);
      verifier.initVerify(known());
      verifier.update(data);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static Signature signature(ClrEnum hash, ClrEnum padding)
      throws GeneralSecurityException {
    if (!padding.name().equals("Pss")) {
      return Signature.getInstance(hash.name() + "withRSA");
    }
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(pss(hash.name()));
    return signature;
  }

  private static PSSParameterSpec pss(String hash) {
    String name = "SHA-" + hash.substring(3);
    return new PSSParameterSpec(
        name, "MGF1", new MGF1ParameterSpec(name), Integer.parseInt(hash.substring(3)) / 8, 1);
  }

  byte[] encrypted(byte[] data, ClrEnum padding) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, known(), padding).doFinal(data);
    } catch (GeneralSecurityException tooLong) {
      throw failure("the data cannot be encrypted");
    }
  }

  private static Cipher cipher(int mode, Key key, ClrEnum padding) throws GeneralSecurityException {
    if (padding.name().equals("Pkcs1")) {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(mode, key);
      return cipher;
    }
    String hash = padding.name().equals("OaepSHA1") ? "SHA-1" : "SHA-256";
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        mode,
        key,
        new OAEPParameterSpec(
            hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
    return cipher;
  }

  byte[] signed(byte[] data, ClrEnum hash, ClrEnum padding) {
    try {
      Signature signer = signature(hash, padding);
      signer.initSign(secret());
      signer.update(data);
      return signer.sign();
    } catch (GeneralSecurityException unusable) {
      throw failure("the key cannot sign this");
    }
  }

  byte[] decrypted(byte[] data, ClrEnum padding) {
    try {
      return cipher(Cipher.DECRYPT_MODE, secret(), padding).doFinal(data);
    } catch (GeneralSecurityException malformed) {
      throw failure("the data cannot be decrypted");
    }
  }

  private RSAPrivateKey secret() {
    RSAPrivateKey there = own;
    if (there == null) {
      throw failure("there is no private key");
    }
    if (there.getModulus().bitLength() > LONGEST_SECRET) {
      throw failure("the private key is too long");
    }
    return there;
  }

  private RSAPublicKey known() {
    RSAPublicKey there = key;
    if (there == null) {
      throw failure("there is no key");
    }
    return there;
  }

  private static ClrException failure(String problem) {
    return new ClrException("CryptographicException", "RSA: " + problem + ".");
  }
}
