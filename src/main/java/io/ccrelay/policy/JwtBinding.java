package io.ccrelay.policy;

import io.ccrelay.policy.SecurityPolicy.ClaimMatch;
import io.ccrelay.policy.SecurityPolicy.Material;
import io.ccrelay.policy.SecurityPolicy.RequiredClaim;
import io.ccrelay.policy.SecurityPolicy.TokenKey;
import io.ccrelay.policy.SecurityPolicy.TokenSource;
import io.ccrelay.policy.SecurityPolicy.ValidateJwt;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code validate-jwt}. */
final class JwtBinding {

  private JwtBinding() {}

  static Policy read(Form form) {
    return new ValidateJwt(
        form.place(),
        source(form),
        form.value("failed-validation-httpcode", Kind.STATUS, 401),
        form.optional("failed-validation-error-message", Kind.TEXT),
        form.value("require-expiration-time", Kind.FLAG, true),
        form.optional("require-scheme", Kind.TEXT),
        form.value("require-signed-tokens", Kind.FLAG, true),
        form.value("clock-skew", Kind.COUNT, 0),
        form.optionalLiteral("output-token-variable-name", Kind.NAME),
        openIdConfigs(form),
        keys(form, "issuer-signing-keys"),
        keys(form, "decryption-keys"),
        form.texts("audiences", "audience"),
        form.texts("issuers", "issuer"),
        claims(form));
  }

  private static TokenSource source(Form form) {
    var sources = new ArrayList<TokenSource>();
    form.optional("header-name", Kind.NAME).map(TokenSource.Header::new).ifPresent(sources::add);
    form.optional("query-parameter-name", Kind.NAME)
        .map(TokenSource.QueryParameter::new)
        .ifPresent(sources::add);
    form.optional("token-value", Kind.TEXT).map(TokenSource.Value::new).ifPresent(sources::add);
    if (sources.size() != 1) {
      form.problem("needs one of header-name, query-parameter-name and token-value");
    }
    return sources.isEmpty()
        ? new TokenSource.Header(PolicyValue.text("Authorization"))
        : sources.getFirst();
  }

  private static List<PolicyValue<String>> openIdConfigs(Form form) {
    return form.children("openid-config").stream()
        .map(child -> {
          var url = child.value("url", Kind.NAME);
          child.finish();
          return url;
        })
        .toList();
  }

  private static List<TokenKey> keys(Form form, String group) {
    return form.child(group)
        .map(child -> {
          List<TokenKey> keys = child.children("key").stream().map(JwtBinding::key).toList();
          child.finish();
          return keys;
        })
        .orElse(List.of());
  }

  private static TokenKey key(Form form) {
    var key = new TokenKey(form.optional("id", Kind.NAME), material(form));
    form.finish();
    return key;
  }

  private static Material material(Form form) {
    var modulus = form.optional("n", Kind.NAME);
    var exponent = form.optional("e", Kind.NAME);
    var certificate = form.optional("certificate-id", Kind.NAME);
    if (certificate.isPresent()) {
      return new Material.CertificateId(certificate.get());
    }
    if (modulus.isPresent() && exponent.isPresent()) {
      return new Material.Rsa(modulus.get(), exponent.get());
    }
    return new Material.Secret(form.content(Kind.TRIMMED));
  }

  private static List<RequiredClaim> claims(Form form) {
    return form.child("required-claims")
        .map(child -> {
          List<RequiredClaim> claims =
              child.children("claim").stream().map(JwtBinding::claim).toList();
          child.finish();
          return claims;
        })
        .orElse(List.of());
  }

  private static RequiredClaim claim(Form form) {
    var claim =
        new RequiredClaim(
            form.value("name", Kind.NAME),
            form.value("match", Kind.word(ClaimMatch.class), ClaimMatch.ALL),
            form.optional("separator", Kind.TEXT),
            form.texts("value"));
    form.finish();
    return claim;
  }
}
