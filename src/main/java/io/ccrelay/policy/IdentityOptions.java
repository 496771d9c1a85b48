package io.ccrelay.policy;

/** Where {@code authentication-managed-identity} gets its tokens outside of Azure. */
public sealed interface IdentityOptions {

  /** Nowhere: every such statement fails. */
  record None() implements IdentityOptions {}

  /** One token for everything. */
  record Static(String token) implements IdentityOptions {

    /** Without the token. */
    @Override
    public String toString() {
      return "Static";
    }
  }

  /**
   * From a token endpoint by the client credentials grant (RFC 6749 section 4.4).
   *
   * @param tokenUrl the endpoint
   * @param clientId who asks, unless a statement names another
   */
  record ClientCredentials(String tokenUrl, String clientId, String clientSecret)
      implements IdentityOptions {

    /** Without the secret. */
    @Override
    public String toString() {
      return "ClientCredentials[" + tokenUrl + ", " + clientId + "]";
    }
  }

  /**
   * From a token endpoint by a token of the platform in a file, as the client's assertion (RFC 7523
   * section 2.2).
   *
   * @param tokenFile read anew for every token
   */
  record WorkloadIdentity(String tokenUrl, String clientId, String tokenFile)
      implements IdentityOptions {}
}
