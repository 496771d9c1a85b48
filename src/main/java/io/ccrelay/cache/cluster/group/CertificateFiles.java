package io.ccrelay.cache.cluster.group;

import io.ccrelay.cache.CacheOptions.TlsFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Certificates and keys in PEM files (RFC 7468). */
final class CertificateFiles {

  private CertificateFiles() {}

  static MemberTls read(TlsFiles files) throws IOException, GeneralSecurityException {
    X509Certificate[] chain = certificates("certificate", files.certificate());
    PrivateKey key = key(files.key(), chain[0].getPublicKey().getAlgorithm());
    if (!fits(key, chain[0].getPublicKey())) {
      throw new IOException(
          "cache.cluster.tls.key: %s is not the key of %s"
              .formatted(files.key(), files.certificate()));
    }
    X509Certificate[] authorities = certificates("authority", files.authority());
    return new MemberTls(key, chain, authorities, signedBy(authorities));
  }

  private static X509Certificate[] certificates(String setting, Path file)
      throws IOException, GeneralSecurityException {
    var read =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(content(setting, file)));
    if (read.isEmpty()) {
      throw new IOException("cache.cluster.tls." + setting + ": no certificate in " + file);
    }
    return read.stream().map(X509Certificate.class::cast).toArray(X509Certificate[]::new);
  }

  private static PrivateKey key(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    String text = new String(content("key", file), StandardCharsets.US_ASCII);
    int begin = text.indexOf("-----BEGIN PRIVATE KEY-----");
    int end = text.indexOf("-----END PRIVATE KEY-----");
    if (begin < 0 || end < begin) {
      throw new IOException("cache.cluster.tls.key: no unencrypted PKCS #8 key in " + file);
    }
    String body = text.substring(begin + "-----BEGIN PRIVATE KEY-----".length(), end);
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
  }

  /** Whether what {@code key} signs is signed by the owner of {@code certified}. */
  private static boolean fits(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            switch (key.getAlgorithm()) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> key.getAlgorithm();
            });
    byte[] text = certified.getEncoded();
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(text);
    return signature.verify(signed);
  }

  private static SignedByAuthority signedBy(X509Certificate[] authorities)
      throws IOException, GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(KeyStores.trusting(authorities));
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .map(SignedByAuthority::new)
        .findFirst()
        .orElseThrow();
  }

  private static byte[] content(String setting, Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new IOException("cache.cluster.tls." + setting + ": cannot read " + file, unreadable);
    }
  }
}
