package io.ccrelay.policy;

import java.util.List;
import java.util.Optional;

/**
 * An operation of an API, as documents see it.
 *
 * @param method such as GET; {@code *} for any
 * @param urlTemplate path below that of the API, with <code>{name}</code> and, at its end, <code>
 *     {*name}</code>; a query names parameters: <code>/items/{id}?lang={lang}</code>
 * @param samples of its answers, for {@code mock-response}
 */
public record OperationEntity(
    String id,
    String name,
    String method,
    String urlTemplate,
    Optional<PolicyText> policy,
    List<Sample> samples) {

  /** Makes the list immutable. */
  public OperationEntity {
    samples = List.copyOf(samples);
  }

  /** One without samples. */
  public OperationEntity(
      String id, String name, String method, String urlTemplate, Optional<PolicyText> policy) {
    this(id, name, method, urlTemplate, policy, List.of());
  }

  /** An example of an operation's answer. */
  public record Sample(int status, String contentType, String body) {}
}
