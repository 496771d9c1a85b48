package io.ccrelay.policy;

import static io.ccrelay.policy.Section.BACKEND;
import static io.ccrelay.policy.Section.INBOUND;

import io.ccrelay.policy.SecurityPolicy.AddressRange;
import io.ccrelay.policy.SecurityPolicy.Basic;
import io.ccrelay.policy.SecurityPolicy.Certificate;
import io.ccrelay.policy.SecurityPolicy.CheckHeader;
import io.ccrelay.policy.SecurityPolicy.Cors;
import io.ccrelay.policy.SecurityPolicy.FilterAction;
import io.ccrelay.policy.SecurityPolicy.IpFilter;
import io.ccrelay.policy.SecurityPolicy.ManagedIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the policies that let in, keep out or identify; {@link JwtBinding} reads the largest. */
final class SecurityBindings {

  static final Map<String, Binding> ALL =
      Map.of(
          "check-header", Binding.in(SecurityBindings::checkHeader, INBOUND),
          "cors", Binding.in(SecurityBindings::cors, INBOUND),
          "ip-filter", Binding.in(SecurityBindings::ipFilter, INBOUND),
          "validate-jwt", Binding.in(JwtBinding::read, INBOUND),
          "authentication-basic", Binding.in(SecurityBindings::basic, INBOUND, BACKEND),
          "authentication-certificate", Binding.in(SecurityBindings::certificate, INBOUND, BACKEND),
          "authentication-managed-identity",
              Binding.in(SecurityBindings::managedIdentity, INBOUND, BACKEND));

  private SecurityBindings() {}

  private static Policy checkHeader(Form form) {
    return new CheckHeader(
        form.place(),
        form.value("name", Kind.NAME),
        form.value("failed-check-httpcode", Kind.STATUS),
        form.value("failed-check-error-message", Kind.TEXT),
        form.value("ignore-case", Kind.FLAG),
        form.texts("value"));
  }

  private static Policy cors(Form form) {
    var methods = form.child("allowed-methods");
    var policy =
        new Cors(
            form.place(),
            form.value("allow-credentials", Kind.FLAG, false),
            form.value("terminate-unmatched-request", Kind.FLAG, true),
            form.texts("allowed-origins", "origin"),
            methods.map(one -> one.texts("method")).orElse(List.of()),
            methods.flatMap(one -> one.optional("preflight-result-max-age", Kind.COUNT)),
            form.texts("allowed-headers", "header"),
            form.texts("expose-headers", "header"));
    methods.ifPresent(Form::finish);
    if (policy.allowedOrigins().isEmpty()) {
      form.problem("element allowed-origins with an origin is required");
    }
    return policy;
  }

  private static Policy ipFilter(Form form) {
    var policy =
        new IpFilter(
            form.place(),
            form.value("action", Kind.word(FilterAction.class)),
            form.texts("address"),
            form.children("address-range").stream().map(SecurityBindings::range).toList());
    if (policy.addresses().isEmpty() && policy.ranges().isEmpty()) {
      form.problem("needs an address or an address-range");
    }
    return policy;
  }

  private static AddressRange range(Form form) {
    var range = new AddressRange(form.value("from", Kind.NAME), form.value("to", Kind.NAME));
    form.finish();
    return range;
  }

  private static SecurityPolicy basic(Form form) {
    return new Basic(
        form.place(), form.value("username", Kind.TEXT), form.value("password", Kind.TEXT));
  }

  private static SecurityPolicy certificate(Form form) {
    if (!form.has("thumbprint") && !form.has("certificate-id") && !form.has("body")) {
      form.problem("needs thumbprint, certificate-id or body");
    }
    return new Certificate(
        form.place(),
        form.optional("thumbprint", Kind.NAME),
        form.optional("certificate-id", Kind.NAME),
        form.optional("body", Kind.ANY),
        form.optional("password", Kind.TEXT));
  }

  private static SecurityPolicy managedIdentity(Form form) {
    return new ManagedIdentity(
        form.place(),
        form.value("resource", Kind.NAME),
        form.optional("client-id", Kind.NAME),
        form.optionalLiteral("output-token-variable-name", Kind.NAME),
        form.value("ignore-error", Kind.FLAG, false));
  }

  /** How the call {@code form} describes identifies itself. */
  static Optional<SecurityPolicy> ofCall(Form form) {
    var basic = one(form, "authentication-basic", SecurityBindings::basic);
    var certificate = one(form, "authentication-certificate", SecurityBindings::certificate);
    var identity = one(form, "authentication-managed-identity", SecurityBindings::managedIdentity);
    if ((basic.isPresent() && certificate.isPresent())
        || (identity.isPresent() && (basic.isPresent() || certificate.isPresent()))) {
      form.problem("has more than one authentication");
    }
    return basic.or(() -> certificate).or(() -> identity);
  }

  private static Optional<SecurityPolicy> one(
      Form form, String name, Function<Form, SecurityPolicy> reader) {
    return form.child(name)
        .map(child -> {
          SecurityPolicy policy = reader.apply(child);
          child.finish();
          return policy;
        });
  }
}
