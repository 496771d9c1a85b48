package io.ccrelay.policy.expression;

/** {@code RSA} and its kin. */
final class RsaMembers {

  private static final String NAMESPACE = "System.Security.Cryptography";

  /** What a private key costs, so that an evaluation makes few signatures. */
  private static final int SECRET_STEPS = 2000;

  private RsaMembers() {}

  static void fill() {
    var type = Types.declare(NAMESPACE, "RSA", RsaKey.class);
    type.function("Create", 0, 0, "RSA", a -> new RsaKey(null))
        .property("KeySize", "int", a -> a.self(RsaKey.class).size())
        .method(
            "ImportParameters",
            1,
            1,
            "",
            a -> {
              a.self(RsaKey.class).take(a.as(0, RsaKey.Parameters.class));
              return null;
            })
        .method("VerifyData", 4, 4, "bool", RsaMembers::verify)
        .method("Encrypt", 2, 2, "Array", RsaMembers::encrypt)
        .method("SignData", 3, 3, "Array", RsaMembers::sign)
        .method("Decrypt", 2, 2, "Array", RsaMembers::decrypt)
        .method("Dispose", 0, 0, "", a -> null)
        .method("Clear", 0, 0, "", a -> null)
        .inherits(Types.OBJECT);
    for (String name : new String[] {"RSACryptoServiceProvider", "RSACng"}) {
      Types.declare(NAMESPACE, name, "", RsaKey.class::isInstance)
          .constructor(0, 1, a -> new RsaKey(null))
          .inherits(type);
    }
    Types.declare(NAMESPACE, "RSAParameters", RsaKey.Parameters.class)
        .constructor(0, 0, a -> new RsaKey.Parameters())
        .setter("Modulus", a -> a.self(RsaKey.Parameters.class).modulus = a.bytes(0))
        .setter("Exponent", a -> a.self(RsaKey.Parameters.class).exponent = a.bytes(0))
        .setter("D", a -> a.self(RsaKey.Parameters.class).d = a.bytes(0))
        .setter("P", a -> a.self(RsaKey.Parameters.class).p = a.bytes(0))
        .setter("Q", a -> a.self(RsaKey.Parameters.class).q = a.bytes(0))
        .setter("DP", a -> a.self(RsaKey.Parameters.class).dp = a.bytes(0))
        .setter("DQ", a -> a.self(RsaKey.Parameters.class).dq = a.bytes(0))
        .setter("InverseQ", a -> a.self(RsaKey.Parameters.class).inverseQ = a.bytes(0))
        .property("Modulus", "Array", a -> a.self(RsaKey.Parameters.class).modulus)
        .property("Exponent", "Array", a -> a.self(RsaKey.Parameters.class).exponent)
        .inherits(Types.OBJECT);
    Enums.declare(NAMESPACE, "HashAlgorithmName", "SHA1", "SHA256", "SHA384", "SHA512");
    Enums.declare(NAMESPACE, "RSASignaturePadding", "Pkcs1", "Pss");
    Enums.declare(NAMESPACE, "RSAEncryptionPadding", "Pkcs1", "OaepSHA1", "OaepSHA256");
  }

  private static boolean verify(Args a) {
    byte[] data = a.bytes(0);
    a.budget().steps(100 + data.length / 1024);
    return a.self(RsaKey.class).verifies(data, a.bytes(1), a.enumeration(2), a.enumeration(3));
  }

  private static byte[] sign(Args a) {
    byte[] data = a.bytes(0);
    a.budget().steps(SECRET_STEPS + data.length / 1024);
    a.budget().allocate(1024);
    return a.self(RsaKey.class).signed(data, a.enumeration(1), a.enumeration(2));
  }

  private static byte[] decrypt(Args a) {
    a.budget().steps(SECRET_STEPS);
    a.budget().allocate(1024);
    return a.self(RsaKey.class).decrypted(a.bytes(0), a.enumeration(1));
  }

  private static byte[] encrypt(Args a) {
    a.budget().steps(100);
    a.budget().allocate(1024);
    return a.self(RsaKey.class).encrypted(a.bytes(0), a.enumeration(1));
  }
}
