package io.ccrelay.cache.cluster.group;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** PKCS #12 stores (RFC 7292) in memory, for those who take nothing else. */
final class KeyStores {

  private KeyStores() {}

  static byte[] ofKey(PrivateKey key, X509Certificate[] chain, String password)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    store.setKeyEntry("member", key, password.toCharArray(), chain);
    return bytes(store, password);
  }

  static byte[] ofTrusted(X509Certificate[] certificates, String password)
      throws GeneralSecurityException, IOException {
    return bytes(trusting(certificates), password);
  }

  static KeyStore trusting(X509Certificate[] certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    for (int i = 0; i < certificates.length; i++) {
      store.setCertificateEntry("trusted-" + i, certificates[i]);
    }
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static byte[] bytes(KeyStore store, String password)
      throws GeneralSecurityException, IOException {
    var sink = new ByteArrayOutputStream();
    store.store(sink, password.toCharArray());
    return sink.toByteArray();
  }
}
