package io.ccrelay.admin;

/** Whether the process should get requests: what the readiness probe answers. */
public enum Readiness {
  /** The listener is not open yet. */
  STARTING("starting"),
  /** The relay serves, but its cluster lacks members and the cache is not used. */
  LACKING("lacking-members"),
  /** Requests are welcome. */
  READY("ready"),
  /** Running answers are being finished; new requests should go elsewhere. */
  DRAINING("draining");

  private final String token;

  Readiness(String token) {
    this.token = token;
  }

  /** The word in the probe's answer. */
  public String token() {
    return token;
  }
}
