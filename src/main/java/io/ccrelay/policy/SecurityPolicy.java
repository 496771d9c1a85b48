package io.ccrelay.policy;

import java.util.List;
import java.util.Optional;

/** Statements that let in, keep out or identify. */
public sealed interface SecurityPolicy extends Policy {

  /**
   * {@code check-header}: refuses requests without one of the values.
   *
   * @param values none = any value
   */
  record CheckHeader(
      Place place,
      PolicyValue<String> name,
      PolicyValue<Integer> failedCheckHttpCode,
      PolicyValue<String> failedCheckErrorMessage,
      PolicyValue<Boolean> ignoreCase,
      List<PolicyValue<String>> values)
      implements SecurityPolicy {

    /** Makes the list immutable. */
    public CheckHeader {
      values = List.copyOf(values);
    }
  }

  /**
   * {@code cors}.
   *
   * @param preflightMaxAge seconds
   */
  record Cors(
      Place place,
      PolicyValue<Boolean> allowCredentials,
      PolicyValue<Boolean> terminateUnmatchedRequest,
      List<PolicyValue<String>> allowedOrigins,
      List<PolicyValue<String>> allowedMethods,
      Optional<PolicyValue<Integer>> preflightMaxAge,
      List<PolicyValue<String>> allowedHeaders,
      List<PolicyValue<String>> exposeHeaders)
      implements SecurityPolicy {

    /** Makes the lists immutable. */
    public Cors {
      allowedOrigins = List.copyOf(allowedOrigins);
      allowedMethods = List.copyOf(allowedMethods);
      allowedHeaders = List.copyOf(allowedHeaders);
      exposeHeaders = List.copyOf(exposeHeaders);
    }
  }

  /** What a listed address means. */
  enum FilterAction implements Token {
    /** Only these. */
    ALLOW("allow"),
    /** All but these. */
    FORBID("forbid");

    private final String token;

    FilterAction(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** {@code ip-filter}. */
  record IpFilter(
      Place place,
      PolicyValue<FilterAction> action,
      List<PolicyValue<String>> addresses,
      List<AddressRange> ranges)
      implements SecurityPolicy {

    /** Makes the lists immutable. */
    public IpFilter {
      addresses = List.copyOf(addresses);
      ranges = List.copyOf(ranges);
    }
  }

  /** Addresses from one to another, both included. */
  record AddressRange(PolicyValue<String> from, PolicyValue<String> to) {}

  /** Where {@link ValidateJwt} finds the token. */
  sealed interface TokenSource {

    /** In a header. */
    record Header(PolicyValue<String> name) implements TokenSource {}

    /** In a query parameter. */
    record QueryParameter(PolicyValue<String> name) implements TokenSource {}

    /** In the value itself. */
    record Value(PolicyValue<String> token) implements TokenSource {}
  }

  /**
   * {@code validate-jwt}.
   *
   * @param clockSkew seconds
   * @param openIdConfigs URLs of OpenID configurations
   */
  record ValidateJwt(
      Place place,
      TokenSource source,
      PolicyValue<Integer> failedValidationHttpCode,
      Optional<PolicyValue<String>> failedValidationErrorMessage,
      PolicyValue<Boolean> requireExpirationTime,
      Optional<PolicyValue<String>> requireScheme,
      PolicyValue<Boolean> requireSignedTokens,
      PolicyValue<Integer> clockSkew,
      Optional<String> outputTokenVariableName,
      List<PolicyValue<String>> openIdConfigs,
      List<TokenKey> issuerSigningKeys,
      List<TokenKey> decryptionKeys,
      List<PolicyValue<String>> audiences,
      List<PolicyValue<String>> issuers,
      List<RequiredClaim> requiredClaims)
      implements SecurityPolicy {

    /** Makes the lists immutable. */
    public ValidateJwt {
      openIdConfigs = List.copyOf(openIdConfigs);
      issuerSigningKeys = List.copyOf(issuerSigningKeys);
      decryptionKeys = List.copyOf(decryptionKeys);
      audiences = List.copyOf(audiences);
      issuers = List.copyOf(issuers);
      requiredClaims = List.copyOf(requiredClaims);
    }
  }

  /**
   * A key of {@link ValidateJwt}.
   *
   * @param id which tokens it is for, absent = all
   */
  record TokenKey(Optional<PolicyValue<String>> id, Material material) {}

  /** What a key is made of. */
  sealed interface Material {

    /** A symmetric secret, base64. */
    record Secret(PolicyValue<String> base64) implements Material {

      /** Without the secret. */
      @Override
      public String toString() {
        return "Secret";
      }
    }

    /** Modulus and exponent of an RSA key, base64url. */
    record Rsa(PolicyValue<String> modulus, PolicyValue<String> exponent) implements Material {}

    /** A configured certificate. */
    record CertificateId(PolicyValue<String> id) implements Material {}
  }

  /** How many of the values a claim must have. */
  enum ClaimMatch implements Token {
    /** Every one. */
    ALL("all"),
    /** At least one. */
    ANY("any");

    private final String token;

    ClaimMatch(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /**
   * A claim that must be there.
   *
   * @param separator splits the claim's text into values, absent = it is one value
   * @param values none = any value
   */
  record RequiredClaim(
      PolicyValue<String> name,
      PolicyValue<ClaimMatch> match,
      Optional<PolicyValue<String>> separator,
      List<PolicyValue<String>> values) {

    /** Makes the list immutable. */
    public RequiredClaim {
      values = List.copyOf(values);
    }
  }

  /** {@code authentication-basic}: towards the backend. */
  record Basic(Place place, PolicyValue<String> username, PolicyValue<String> password)
      implements SecurityPolicy {

    /** Without the credential. */
    @Override
    public String toString() {
      return "Basic[" + place + "]";
    }
  }

  /**
   * {@code authentication-managed-identity}: a token for a resource.
   *
   * @param outputTokenVariableName receives the token; absent = it becomes {@code Authorization}
   */
  record ManagedIdentity(
      Place place,
      PolicyValue<String> resource,
      Optional<PolicyValue<String>> clientId,
      Optional<String> outputTokenVariableName,
      PolicyValue<Boolean> ignoreError)
      implements SecurityPolicy {}

  /** {@code authentication-certificate}: a client certificate, by thumbprint or by id. */
  record Certificate(
      Place place,
      Optional<PolicyValue<String>> thumbprint,
      Optional<PolicyValue<String>> certificateId,
      Optional<PolicyValue<Object>> body,
      Optional<PolicyValue<String>> password)
      implements SecurityPolicy {

    /** Without the key. */
    @Override
    public String toString() {
      return "Certificate[" + place + "]";
    }
  }
}
