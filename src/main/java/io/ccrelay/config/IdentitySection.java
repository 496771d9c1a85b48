package io.ccrelay.config;

import io.ccrelay.policy.IdentityOptions;
import java.util.List;

/** Reads {@code policies.identity}: where tokens for other services come from. */
final class IdentitySection {

  private static final List<String> KINDS =
      List.of("none", "static", "client_credentials", "workload_identity");

  private IdentitySection() {}

  static IdentityOptions read(Section section) {
    String kind = section.choice("kind", "none", KINDS);
    IdentityOptions options =
        switch (kind) {
          case "static" -> new IdentityOptions.Static(required(section, "token"));
          case "client_credentials" ->
              new IdentityOptions.ClientCredentials(
                  url(section), required(section, "client_id"), required(section, "client_secret"));
          case "workload_identity" ->
              new IdentityOptions.WorkloadIdentity(
                  url(section), required(section, "client_id"), required(section, "token_file"));
          default -> new IdentityOptions.None();
        };
    section.finish(UnknownKeys.REFUSED);
    return options;
  }

  private static String required(Section section, String key) {
    String value = section.text(key, "");
    if (value.isEmpty()) {
      section.problem(key, "is required for this kind");
    }
    return value;
  }

  private static String url(Section section) {
    String url = section.text("token_url", "");
    if (!ApisSection.BACKEND.matcher(url).matches()) {
      section.problem("token_url", "must be http:// or https:// with a host");
      return "http://invalid.invalid";
    }
    return url;
  }
}
