package io.ccrelay.launch;

import io.ccrelay.config.RelayConfig;
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
    secrets.removeIf(String::isEmpty);
    return secrets;
  }
}
