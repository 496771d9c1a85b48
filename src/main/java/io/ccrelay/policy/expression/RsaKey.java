package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/**
 * {@code RSA} (RFC 8017) with a public key: it verifies and encrypts. Work with a private key takes
 * an event loop too long. Confined to one context.
 */
final class RsaKey {

  private static final int LONGEST_MODULUS = 8192;

  private @Nullable RSAPublicKey key;

  RsaKey(@Nullable RSAPublicKey key) {
    this.key = key;
  }

  /** {@code RSAParameters}, of which modulus and exponent count. Confined to one context. */
  static final class Parameters {
    byte[] modulus = new byte[0];
    byte[] exponent = new byte[0];
  }

  void take(Parameters parameters) {
    var modulus = new BigInteger(1, parameters.modulus);
    if (modulus.bitLength() > LONGEST_MODULUS) {
      throw failure("the key is too long");
    }
    try {
      var spec = new RSAPublicKeySpec(modulus, new BigInteger(1, parameters.exponent));
      key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
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
      Signature verifier;
      if (padding.name().equals("Pss")) {
        verifier = Signature.getInstance("RSASSA-PSS");
        verifier.setParameter(pss(hash.name()));
      } else {
        verifier = Signature.getInstance(hash.name() + "withRSA");
      }
      verifier.initVerify(known());
      verifier.update(data);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static PSSParameterSpec pss(String hash) {
    String name = "SHA-" + hash.substring(3);
    return new PSSParameterSpec(
        name, "MGF1", new MGF1ParameterSpec(name), Integer.parseInt(hash.substring(3)) / 8, 1);
  }

  byte[] encrypted(byte[] data, ClrEnum padding) {
    try {
      Cipher cipher;
      if (padding.name().equals("Pkcs1")) {
        cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, known());
      } else {
        String hash = padding.name().equals("OaepSHA1") ? "SHA-1" : "SHA-256";
        cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
            Cipher.ENCRYPT_MODE,
            known(),
            new OAEPParameterSpec(
                hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
      }
      return cipher.doFinal(data);
    } catch (GeneralSecurityException tooLong) {
      throw failure("the data cannot be encrypted");
    }
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
