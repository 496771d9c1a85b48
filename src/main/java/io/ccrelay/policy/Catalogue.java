package io.ccrelay.policy;

import java.util.HashMap;
import java.util.Map;

/** All policies, by element name. */
final class Catalogue {

  static final Map<String, Binding> BINDINGS = all();

  private Catalogue() {}

  private static Map<String, Binding> all() {
    var all = new HashMap<String, Binding>();
    all.putAll(CacheBindings.ALL);
    all.putAll(ControlBindings.ALL);
    all.putAll(TransformBindings.ALL);
    all.putAll(CallBindings.ALL);
    all.putAll(LimitBindings.ALL);
    all.putAll(SecurityBindings.ALL);
    all.putAll(LlmBindings.ALL);
    return Map.copyOf(all);
  }
}
