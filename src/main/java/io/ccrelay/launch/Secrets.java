package io.ccrelay.launch;

import io.ccrelay.config.RelayConfig;
import io.ccrelay.policy.IdentityOptions;
import io.ccrelay.policy.NamedValue;
import java.util.ArrayList;
import java.util.List;

/** The secrets of a configuration, for {@link Redaction}. */
public final class Secrets {

  private Secrets() {}

  /** Every value of {@code config} that must not be shown to anybody. */
  public static List<String> of(RelayConfig config) {
    var secrets = new ArrayList<String>();
    secrets.add(config.server().auth().apiKey());
    secrets.add(config.server().auth().bearerSecret());
    config.management().tokens().forEach(it -> secrets.add(it.secret()));
    secrets.add(config.cache().cluster().secret());
    config.providers().forEach(provider -> provider.keys().forEach(key -> secrets.add(key.key())));
    secrets.add(config.semantic().embedder().key());
    secrets.add(config.semantic().comparison().key());
    var policies = config.policies().options();
    policies.subscriptions().forEach(subscription -> secrets.addAll(subscription.keys()));
    policies.backends().values().forEach(backend -> secrets.addAll(backend.headers().values()));
    policies.namedValues().values().stream()
        .filter(NamedValue::secret)
        .forEach(named -> secrets.add(named.value()));
    config.externalCache().ifPresent(cache -> secrets.add(cache.password()));
    switch (policies.identity()) {
      case IdentityOptions.Static it -> secrets.add(it.token());
      case IdentityOptions.ClientCredentials it -> secrets.add(it.clientSecret());
      case IdentityOptions.None _, IdentityOptions.WorkloadIdentity _ -> {}
    }
    secrets.removeIf(String::isEmpty);
    return secrets;
  }
}
