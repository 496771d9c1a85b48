package io.ccrelay.cache.cluster.group;

import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Accepts those whose certificate holds one public key. */
final class SamePublicKey extends Judge {

  private final byte[] key;

  SamePublicKey(PublicKey key) {
    this.key = key.getEncoded();
  }

  @Override
  void judge(X509Certificate[] chain, String type, boolean server) throws CertificateException {
    if (chain.length == 0 || !MessageDigest.isEqual(key, chain[0].getPublicKey().getEncoded())) {
      throw new CertificateException("not a member");
    }
  }

  @Override
  String reproach() {
    return "has another cache.olric.secret and is not let in; it must be equal on all nodes";
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
