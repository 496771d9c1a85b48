package io.ccrelay.proxy.policy;

import io.ccrelay.policy.expression.Url;
import io.ccrelay.policy.run.Opening;
import io.ccrelay.policy.run.Plan;
import io.ccrelay.policy.run.Surroundings;
import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.proxy.ApiOptions;
import java.util.Map;

/** Which policy a request runs through. Safe for use from any context. */
@FunctionalInterface
public interface PolicyRoutes {

  /** The way of a request with {@code method} and {@code head} for {@code api}. */
  Route find(ApiOptions api, String method, Admitted head);

  /** The way of a request. */
  sealed interface Route {

    /** No policy: as if there were none in this relay. */
    record Plain() implements Route {}

    /**
     * Through a policy.
     *
     * @param service base URL of the API's own service
     * @param path path below the API's own, with its leading slash
     * @param matched parameters of the operation's URL template, decoded
     * @param opening where its run begins
     */
    record Governed(
        Plan plan,
        Surroundings surroundings,
        Url service,
        String path,
        Map<String, String> matched,
        Opening opening)
        implements Route {

      /** Makes the map immutable. */
      public Governed {
        matched = Map.copyOf(matched);
      }
    }
  }
}
