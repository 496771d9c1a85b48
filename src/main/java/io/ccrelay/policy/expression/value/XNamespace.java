package io.ccrelay.policy.expression.value;

/** {@code XNamespace}. */
public record XNamespace(String uri) {

  @Override
  public String toString() {
    return uri;
  }
}
