package io.ccrelay.policy;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for names in documents that mean nothing in the configuration. */
final class References {

  /** What {@code cache-id} calls the relay's own cache. */
  static final String INTERNAL = "internal";

  private final GatewayOptions options;
  private final Findings findings;

  References(GatewayOptions options, Findings findings) {
    this.options = options;
    this.findings = findings;
  }

  /** Checks everything in {@code document} that is no expression. */
  void check(PolicyDocument document) {
    document.sections().values().stream().flatMap(Lints::all).forEach(this::check);
  }

  private void check(Policy policy) {
    switch (policy) {
      case LlmPolicy.SemanticLookup lookup ->
          lookup.cacheId().ifPresent(id -> known(policy, "cache-id", id, caches()));
      case SecurityPolicy.Certificate certificate -> certificate(policy, certificate);
      case SecurityPolicy.ValidateJwt jwt ->
          Stream.concat(jwt.issuerSigningKeys().stream(), jwt.decryptionKeys().stream())
              .map(SecurityPolicy.TokenKey::material)
              .forEach(material -> {
                if (material instanceof SecurityPolicy.Material.CertificateId(var id)) {
                  literal(id).ifPresent(it -> certificateId(policy, it));
                }
              });
      case CallPolicy.SendRequest send -> authentication(policy, send.call());
      case CallPolicy.SendOneWayRequest send -> authentication(policy, send.call());
      default -> {
        // The others name nothing, or may name anything.
      }
    }
  }

  private void authentication(Policy policy, CallPolicy.Call call) {
    if (call.authentication().orElse(null) instanceof SecurityPolicy.Certificate certificate) {
      certificate(policy, certificate);
    }
  }

  private void certificate(Policy policy, SecurityPolicy.Certificate certificate) {
    certificate
        .certificateId()
        .flatMap(References::literal)
        .ifPresent(id -> certificateId(policy, id));
    certificate
        .thumbprint()
        .flatMap(References::literal)
        .ifPresent(print ->
            known(
                policy,
                "thumbprint",
                print.replaceAll("[^0-9A-Fa-f]", "").toUpperCase(java.util.Locale.ROOT),
                options.certificates().values().stream()
                    .map(one -> one.first().thumbprint())
                    .toList()));
  }

  private void certificateId(Policy policy, String id) {
    known(policy, "certificate-id", id, options.certificates().keySet());
  }

  private Collection<String> caches() {
    return Stream.concat(Stream.of(INTERNAL), options.externalCache().stream()).toList();
  }

  private void known(Policy policy, String attribute, String name, Collection<String> known) {
    if (!known.contains(name)) {
      findings.error(
          policy.place().position(),
          attribute
              + " "
              + Findings.shown(name)
              + " is not configured"
              + Findings.choice(name, known));
    }
  }

  private static Optional<String> literal(PolicyValue<String> value) {
    return value instanceof PolicyValue.Literal<String>(var _, String text)
        ? Optional.of(text)
        : Optional.empty();
  }
}
