package io.ccrelay.policy.run;

import io.ccrelay.policy.CertificateEntity;
import io.ccrelay.policy.OperationEntity.Sample;
import io.ccrelay.policy.Profile;
import io.ccrelay.policy.expression.PolicyContext.Api;
import io.ccrelay.policy.expression.PolicyContext.Deployment;
import io.ccrelay.policy.expression.PolicyContext.Operation;
import io.ccrelay.policy.expression.PolicyContext.Product;
import io.ccrelay.policy.expression.PolicyContext.Subscription;
import io.ccrelay.policy.expression.PolicyContext.User;
import io.ccrelay.policy.expression.Url;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request is about and who asks.
 *
 * @param samples of the operation's answers
 * @param backends the configured backends by id
 * @param certificates the configured certificates by id
 */
public record Surroundings(
    Api api,
    Operation operation,
    Optional<Product> product,
    Optional<Subscription> subscription,
    Optional<User> user,
    Deployment deployment,
    List<Sample> samples,
    Map<String, Backend> backends,
    Map<String, CertificateEntity> certificates,
    Profile profile,
    RunLimits limits) {

  /**
   * A configured backend.
   *
   * @param headers sent with every call, not seen by expressions
   */
  public record Backend(Url url, Map<String, String> headers) {

    /** Makes the map immutable. */
    public Backend {
      headers = Map.copyOf(headers);
    }

    /** Without the headers. */
    @Override
    public String toString() {
      return "Backend[" + url.host() + "]";
    }
  }

  /** Makes the collections immutable. */
  public Surroundings {
    samples = List.copyOf(samples);
    backends = Map.copyOf(backends);
    certificates = Map.copyOf(certificates);
  }
}
