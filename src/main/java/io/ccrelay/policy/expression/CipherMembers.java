package io.ccrelay.policy.expression;

import java.util.Arrays;

/** {@code SymmetricAlgorithm} and its kin, {@code byte[].Encrypt} and {@code Decrypt}. */
final class CipherMembers {

  private static final String NAMESPACE = "System.Security.Cryptography";

  private CipherMembers() {}

  /** One direction of a cipher: {@code ICryptoTransform}. */
  record Transform(SymmetricCipher cipher, boolean encrypts) {}

  static void fill() {
    var type = Types.declare(NAMESPACE, "SymmetricAlgorithm", SymmetricCipher.class);
    settings(type);
    type.function("Create", 1, 1, "SymmetricAlgorithm", a -> new SymmetricCipher(a.text(0)))
        .method("CreateEncryptor", 0, 2, "ICryptoTransform", a -> transform(a, true))
        .method("CreateDecryptor", 0, 2, "ICryptoTransform", a -> transform(a, false))
        .method("Dispose", 0, 0, "", a -> null)
        .method("Clear", 0, 0, "", a -> null)
        .inherits(Types.OBJECT);
    for (String name : new String[] {"Aes", "Rijndael", "TripleDES"}) {
      kin(name, type).function("Create", 0, 0, name, a -> new SymmetricCipher(name));
    }
    for (String name :
        new String[] {
          "AesManaged",
          "AesCryptoServiceProvider",
          "RijndaelManaged",
          "TripleDESCryptoServiceProvider"
        }) {
      kin(name, type).constructor(0, 0, a -> new SymmetricCipher(name));
    }
    Types.declare(NAMESPACE, "ICryptoTransform", Transform.class)
        .method("TransformFinalBlock", 3, 3, "Array", CipherMembers::last)
        .method("Dispose", 0, 0, "", a -> null)
        .inherits(Types.OBJECT);
    Enums.declare(NAMESPACE, "CipherMode", "CBC", "ECB");
    Enums.declare(NAMESPACE, "PaddingMode", "None", "PKCS7");
    Types.ARRAY
        .method("Encrypt", 1, 3, "Array", a -> whole(a, true))
        .method("Decrypt", 1, 3, "Array", a -> whole(a, false));
  }

  private static ClrType kin(String name, ClrType type) {
    return Types.declare(NAMESPACE, name, "", SymmetricCipher.class::isInstance).inherits(type);
  }

  private static void settings(ClrType type) {
    type.property("Key", "Array", a -> cipher(a).key)
        .property("IV", "Array", a -> cipher(a).iv)
        .setter("Key", a -> cipher(a).key = a.bytes(0))
        .setter("IV", a -> cipher(a).iv = a.bytes(0))
        .setter("Mode", a -> cipher(a).mode = a.enumeration(0).name())
        .setter("Padding", a -> cipher(a).padding = a.enumeration(0).name())
        .setter("KeySize", a -> a.get(0))
        .setter("BlockSize", a -> a.get(0));
  }

  private static SymmetricCipher cipher(Args a) {
    return a.self(SymmetricCipher.class);
  }

  private static Transform transform(Args a, boolean encrypts) {
    SymmetricCipher cipher = cipher(a);
    return new Transform(
        a.size() == 2 ? cipher.with(a.bytes(0), a.bytes(1)) : cipher.with(cipher.key, cipher.iv),
        encrypts);
  }

  private static byte[] last(Args a) {
    int from = a.integer(1);
    byte[] data = a.bytes(0);
    byte[] part = Arrays.copyOfRange(data, from, Math.min(data.length, from + a.integer(2)));
    Transform transform = a.self(Transform.class);
    return transformed(a, transform.cipher(), part, transform.encrypts());
  }

  /** {@code (name, key, iv)}, {@code (algorithm)} or {@code (algorithm, key, iv)}. */
  private static byte[] whole(Args a, boolean encrypts) {
    SymmetricCipher cipher =
        a.isText(0) ? new SymmetricCipher(a.text(0)) : a.as(0, SymmetricCipher.class);
    SymmetricCipher keyed = a.size() == 3 ? cipher.with(a.bytes(1), a.bytes(2)) : cipher;
    return transformed(a, keyed, a.self(byte[].class), encrypts);
  }

  private static byte[] transformed(Args a, SymmetricCipher by, byte[] data, boolean encrypts) {
    a.budget().steps(1 + data.length / 1024);
    a.budget().allocate(data.length + 32L);
    return by.transformed(data, encrypts);
  }
}
