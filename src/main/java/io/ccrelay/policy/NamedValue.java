package io.ccrelay.policy;

/**
 * What a name stands for in documents.
 *
 * @param secret whether it must not be shown
 */
public record NamedValue(String value, boolean secret) {

  /** Without a secret. */
  @Override
  public String toString() {
    return secret ? "NamedValue[secret]" : "NamedValue[" + value + "]";
  }
}
