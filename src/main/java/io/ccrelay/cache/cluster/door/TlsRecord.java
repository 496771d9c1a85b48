package io.ccrelay.cache.cluster.door;

/** How a connection over TLS begins (RFC 8446 section 5.1). */
final class TlsRecord {

  /** The type of the first record of either side. */
  static final int HANDSHAKE = 22;

  private TlsRecord() {}
}
