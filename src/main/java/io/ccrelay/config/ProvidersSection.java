package io.ccrelay.config;

import io.ccrelay.upstream.ProviderOptions;
import io.ccrelay.upstream.ProviderOptions.Cloud;
import io.ccrelay.upstream.ProviderOptions.Pooling;
import io.ccrelay.upstream.ProviderType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Reads {@code providers}. */
final class ProvidersSection {

  private ProvidersSection() {}

  /** All providers; without any, Anthropic with the credential of each client. */
  static List<ProviderOptions> read(Section file) {
    var names = new HashSet<String>();
    var providers = new ArrayList<ProviderOptions>();
    for (Section entry : file.sections("providers")) {
      String name = entry.text("name", "");
      if (name.isEmpty()) {
        entry.problem("name", "is required");
      } else if (!names.add(name)) {
        entry.problem("name", Shown.value(name) + " is the name of another provider");
      }
      Section provider = name.isEmpty() ? entry : entry.named("provider[" + Shown.key(name) + "]");
      providers.add(ProviderSection.read(provider, name));
    }
    if (providers.isEmpty()) {
      return List.of(anthropic());
    }
    if (providers.stream().noneMatch(ProviderOptions::enabled)) {
      file.problem("providers", "none is enabled (expected: enabled: true in at least one)");
    }
    return providers;
  }

  private static ProviderOptions anthropic() {
    var type = ProviderType.ANTHROPIC;
    return new ProviderOptions(
        type.configName(),
        type,
        true,
        type.defaultBaseUrl(),
        type.defaultModels(),
        Map.of(),
        List.of(),
        new Pooling(false, ProviderSection.DEFAULT_POOLING),
        Cloud.NONE);
  }
}
