package io.ccrelay.metrics;

/** How an attempt to keep the store over a restart, or to restore it, ended. */
public enum SnapshotResult {
  /** A snapshot took the place of the last one. */
  WRITTEN("written"),
  /** No snapshot was written; the last one stays. */
  WRITE_FAILED("write-failed"),
  /** What was kept cannot be used. */
  RESTORE_FAILED("restore-failed");

  private final String token;

  SnapshotResult(String token) {
    this.token = token;
  }

  /** The name in metrics. */
  public String token() {
    return token;
  }
}
