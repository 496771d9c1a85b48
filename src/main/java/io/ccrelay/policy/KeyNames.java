package io.ccrelay.policy;

/** Names of the header and of the query parameter with a subscription key. */
public record KeyNames(String header, String query) {

  /** Azure's. */
  public static final KeyNames DEFAULTS =
      new KeyNames("Ocp-Apim-Subscription-Key", "subscription-key");
}
