package io.ccrelay.proxy.policy;

import io.ccrelay.policy.expression.Url;
import io.ccrelay.policy.expression.value.X509;
import io.ccrelay.policy.run.Content;
import io.ccrelay.policy.run.Request;
import io.ccrelay.policy.run.RunLimits;
import io.ccrelay.policy.run.Urls;
import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.Buffers;
import io.ccrelay.proxy.ClientProof;
import io.ccrelay.proxy.ProxySettings;
import io.ccrelay.proxy.api.ForwardedFields;
import io.ccrelay.proxy.policy.PolicyRoutes.Route;
import io.ccrelay.upstream.RelaySecrets;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * A request that a policy governs. Confined to the request's context.
 *
 * @param arrived as it came from the client
 * @param head what was admitted of it
 */
record GovernedRequest(
    HttpServerRequest arrived,
    Admitted head,
    ApiOptions api,
    ProxySettings settings,
    Route.Governed route) {

  RunLimits limits() {
    return route.surroundings().limits();
  }

  /**
   * The request as the policy sees it.
   *
   * @param carried the head with what the relay carries on
   * @param body if the policy reads it
   */
  Request seen(Admitted carried, Optional<Buffer> body) {
    var auth = settings.server().auth();
    String peer = arrived.remoteAddress().hostAddress();
    String scheme = arrived.isSSL() ? "https" : "http";
    var fields =
        ForwardedFields.of(
            carried.fields(),
            RelaySecrets.of(auth.apiKey(), auth.bearerSecret()),
            peer,
            scheme,
            api.preserveHost() ? carried.authority() : "");
    String query = carried.query().isEmpty() ? "" : "?" + carried.query();
    String authority = carried.authority().isEmpty() ? "localhost" : carried.authority();
    Url original =
        Urls.parse(scheme + "://" + authority + "/")
            .map(url -> new Url(url.scheme(), url.host(), url.port(), carried.path(), query))
            .orElseGet(() -> new Url(scheme, "localhost", 80, carried.path(), query));
    return new Request(
            arrived.method().name(),
            original,
            route.service(),
            route.path(),
            fields,
            peer,
            route.matched(),
            body.filter(bytes -> bytes.length() > 0)
                .map(bytes -> new Content(Buffers.owned(bytes))))
        .of(ClientProof.of(arrived).map(X509::of));
  }
}
