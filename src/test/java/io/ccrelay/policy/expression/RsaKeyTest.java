package io.ccrelay.policy.expression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

/** What expressions do with a private key, and what they do not. */
class RsaKeyTest {

  private static final byte[] DATA = "hello".getBytes(StandardCharsets.UTF_8);
  private static final String HELLO = "Encoding.UTF8.GetBytes(\"hello\")";
  private static final KeyPair PAIR = pair();

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static FakeContext context() {
    var context = new FakeContext();
    context.own = FakeContext.CERTIFICATE.with(PAIR.getPrivate());
    var key = (RSAPrivateCrtKey) PAIR.getPrivate();
    return context
        .set("n", bytes(key.getModulus()))
        .set("e", bytes(key.getPublicExponent()))
        .set("d", bytes(key.getPrivateExponent()))
        .set("p", bytes(key.getPrimeP()))
        .set("q", bytes(key.getPrimeQ()))
        .set("dp", bytes(key.getPrimeExponentP()))
        .set("dq", bytes(key.getPrimeExponentQ()))
        .set("qi", bytes(key.getCrtCoefficient()));
  }

  private static byte[] bytes(BigInteger number) {
    return number.toByteArray();
  }

  private static Object evaluated(String code, FakeContext context) {
    return Evaluations.value(code.startsWith("{") ? "@" + code : "@(" + code + ")", context);
  }

  private static boolean isSigned(String algorithm, Object signature) throws Exception {
    var verifier = Signature.getInstance(algorithm);
    verifier.initVerify(PAIR.getPublic());
    verifier.update(DATA);
    return verifier.verify((byte[]) signature);
  }

  @Test
  void certificateOfTheConfigurationSigns() throws Exception {
    String own = "context.Deployment.Certificates[\"own\"]";
    assertEquals(true, evaluated(own + ".HasPrivateKey", context()));
    Object signature =
        evaluated(
            own
                + ".GetRSAPrivateKey().SignData("
                + HELLO
                + ", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)",
            context());
    assertTrue(isSigned("SHA256withRSA", signature));
  }

  @Test
  void certificateWithoutItsKeySignsNothing() {
    assertEquals(
        true, evaluated("context.Request.Certificate.GetRSAPrivateKey() == null", context()));
    assertThrows(
        EvaluationException.class,
        () ->
            evaluated(
                "context.Request.Certificate.GetRSAPublicKey().SignData("
                    + HELLO
                    + ", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)",
                context()));
  }

  @Test
  void parametersOfADocumentSignWithAndWithoutFactors() throws Exception {
    String some =
        "Modulus = (byte[])context.Variables[\"n\"], Exponent = (byte[])context.Variables[\"e\"], D = (byte[])context.Variables[\"d\"]";
    String all =
        some
            + ", P = (byte[])context.Variables[\"p\"], Q = (byte[])context.Variables[\"q\"], DP = (byte[])context.Variables[\"dp\"], DQ = (byte[])context.Variables[\"dq\"], InverseQ = (byte[])context.Variables[\"qi\"]";
    for (String parameters : new String[] {some, all}) {
      Object signature =
          evaluated(
              "{ using (var rsa = RSA.Create()) { rsa.ImportParameters(new RSAParameters { "
                  + parameters
                  + " }); return rsa.SignData("
                  + HELLO
                  + ", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1); } }",
              context());
      assertTrue(isSigned("SHA512withRSA", signature));
    }
  }

  @Test
  void whatWasEncryptedForItIsDecrypted() throws Exception {
    var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, PAIR.getPublic());
    var context = context().set("secret", cipher.doFinal(DATA));
    assertArrayEquals(
        DATA,
        (byte[])
            evaluated(
                "context.Deployment.Certificates[\"own\"].GetRSAPrivateKey().Decrypt((byte[])context.Variables[\"secret\"], RSAEncryptionPadding.Pkcs1)",
                context));
  }

  @Test
  void anEvaluationMakesFewSignatures() {
    String many =
        "{ var rsa = context.Deployment.Certificates[\"own\"].GetRSAPrivateKey(); for (var i = 0; i < 100; i++) { rsa.SignData("
            + HELLO
            + ", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1); } return 1; }";
    assertThrows(BudgetExceededException.class, () -> evaluated(many, context()));
  }
}
