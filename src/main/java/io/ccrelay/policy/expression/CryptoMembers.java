package io.ccrelay.policy.expression;

import java.util.Map;

/** The hashes of {@code System.Security.Cryptography}. */
final class CryptoMembers {

  private static final Map<String, String> HASHES =
      Map.of(
          "MD5", "MD5", "SHA1", "SHA-1", "SHA256", "SHA-256", "SHA384", "SHA-384", "SHA512",
          "SHA-512");

  private CryptoMembers() {}

  static void fill(ClrType algorithm) {
    algorithm
        .method("ComputeHash", 1, 1, "", CryptoMembers::compute)
        .method("Dispose", 0, 0, "", a -> null)
        .method("Clear", 0, 0, "", a -> null)
        .inherits(Types.OBJECT);
    HASHES.forEach(CryptoMembers::declare);
    for (String name : new String[] {"HMAC", "KeyedHashAlgorithm"}) {
      Types.declare(
              "System.Security.Cryptography",
              name,
              "",
              value -> value instanceof HashAlgorithm hash && hash.name().startsWith("Hmac"))
          .inherits(Types.HASH);
    }
  }

  private static void declare(String name, String java) {
    ClrType hash = hash(name, java);
    hash.function("Create", 0, 0, name, a -> new HashAlgorithm(java, null))
        .function("HashData", 1, 1, "", a -> hashed(new HashAlgorithm(java, null), a));
    for (String suffix : new String[] {"Managed", "CryptoServiceProvider", "Cng"}) {
      hash(name + suffix, java).constructor(0, 0, a -> new HashAlgorithm(java, null));
    }
    String keyed = "Hmac" + java.replace("-", "");
    hash("HMAC" + name, keyed)
        .constructor(1, 1, a -> new HashAlgorithm(keyed, a.bytes(0).clone()))
        .function("HashData", 2, 2, "", a -> hashed(new HashAlgorithm(keyed, a.bytes(0)), a));
  }

  private static ClrType hash(String name, String java) {
    return Types.declare(
            "System.Security.Cryptography",
            name,
            "",
            value -> value instanceof HashAlgorithm hash && hash.name().equals(java))
        .inherits(Types.HASH);
  }

  private static byte[] compute(Args a) {
    return hashed(a.self(HashAlgorithm.class), a);
  }

  private static byte[] hashed(HashAlgorithm algorithm, Args a) {
    byte[] data = a.bytes(a.size() - 1);
    a.budget().steps(data.length / 1024);
    return algorithm.compute(data);
  }
}
