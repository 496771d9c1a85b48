package io.ccrelay.policy;

import java.util.List;
import java.util.Optional;

/**
 * An API as documents see it.
 *
 * @param name joins it with the entry of {@code apis}
 * @param path prefix of the paths it serves, {@code /} for all
 * @param serviceUrl the first backend
 * @param operations none = every request is for an operation without a name
 * @param subscriptionRequired whether requests without a valid key are refused
 * @param keyNames where a key is looked for
 */
public record ApiEntity(
    String id,
    String name,
    String revision,
    String path,
    String serviceUrl,
    List<OperationEntity> operations,
    Optional<PolicyText> policy,
    boolean subscriptionRequired,
    KeyNames keyNames) {

  /** Makes the list immutable. */
  public ApiEntity {
    operations = List.copyOf(operations);
  }

  /** Whether it has documents of its own. */
  public boolean own() {
    return policy.isPresent() || subscriptionRequired || !operations.isEmpty();
  }
}
