package io.ccrelay.policy.run;

import io.ccrelay.policy.CertificateEntity;
import io.ccrelay.policy.SecurityPolicy.Certificate;
import io.ccrelay.policy.expression.value.X509;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code authentication-certificate}: which certificate the relay shows. One of the configuration
 * by id or thumbprint, or one that the document has in a PKCS #12 store.
 */
final class Identities {

  private static final String SOURCE = "authentication-certificate";
  private static final String KEY = "-----BEGIN PRIVATE KEY-----";
  private static final int LARGEST = 64 << 10;

  private final Conversation conversation;
  private final Values values;

  Identities(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
  }

  /** Hands what {@code statement} means to {@code use}. */
  Move find(Certificate statement, Function<CertificateEntity, Move> use) {
    Optional<Object> body = values.of(statement.body());
    if (body.isPresent()) {
      return opened(body.get(), values.of(statement.password()).orElse(""), use);
    }
    var known = conversation.surroundings().certificates();
    CertificateEntity found =
        values
            .of(statement.certificateId())
            .map(id -> known.get(id))
            .or(() ->
                values
                    .of(statement.thumbprint())
                    .map(it -> it.replaceAll("[^0-9A-Fa-f]", ""))
                    .flatMap(it ->
                        known.values().stream()
                            .filter(one -> one.first().thumbprint().equalsIgnoreCase(it))
                            .max(Comparator.comparing(one -> one.keyPem().isPresent()))))
            .orElseThrow(() -> failure("CertificateNotFound", "There is no such certificate."));
    if (found.keyPem().isEmpty()) {
      throw failure("CertificateWithoutKey", "The certificate has no key.");
    }
    return use.apply(found);
  }

  /** Opening a store takes long by design. */
  private static Move opened(Object body, String password, Function<CertificateEntity, Move> use) {
    byte[] store = bytes(body);
    return new Move.Ask(
        new Effect.Compute(() -> pem(store, password)),
        answer -> {
          if (answer instanceof Answer.Text(String pem)) {
            return use.apply(entity(pem));
          }
          throw failure("CertificateInvalid", "The body is no PKCS #12 store of that password.");
        });
  }

  private static byte[] bytes(Object body) {
    try {
      byte[] bytes = body instanceof byte[] raw ? raw : Base64.getMimeDecoder().decode("" + body);
      if (bytes.length <= LARGEST) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw failure("CertificateInvalid", "The body is not base64.");
    }
    throw failure("CertificateInvalid", "The body is too long.");
  }

  private static String pem(byte[] store, String password) {
    try {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(new ByteArrayInputStream(store), password.toCharArray());
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.isKeyEntry(alias)) {
          byte[] key = keys.getKey(alias, password.toCharArray()).getEncoded();
          return chain(keys, alias) + block("PRIVATE KEY", key);
        }
      }
      throw new IllegalArgumentException("no key");
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String chain(KeyStore keys, String alias) throws GeneralSecurityException {
    var text = new StringBuilder();
    for (var each : keys.getCertificateChain(alias)) {
      text.append(block("CERTIFICATE", each.getEncoded()));
    }
    return text.toString();
  }

  private static String block(String type, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }

  private static CertificateEntity entity(String pem) {
    int key = pem.indexOf(KEY);
    String chain = pem.substring(0, key);
    try {
      return new CertificateEntity(X509.pem(chain), chain, Optional.of(pem.substring(key)));
    } catch (CertificateException e) {
      throw failure("CertificateInvalid", "The body holds no certificate.");
    }
  }

  private static PolicyFailure failure(String reason, String message) {
    return PolicyFailure.internal(SOURCE, reason, message);
  }
}
