package io.ccrelay.upstream.http;

import io.ccrelay.upstream.Destinations;
import io.ccrelay.upstream.Origin;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;

/**
 * Obtains connections for requests. Confined to one context.
 *
 * @param destinations where connections may go, empty = anywhere
 * @param serverName the name a service is asked for, empty = its host
 */
record Connector(
    ContextInternal context,
    HttpClient client,
    Optional<Destinations> destinations,
    Optional<String> serverName) {

  /** A connection to {@code origin} on which {@code request} may be written. */
  Future<HttpClientRequest> request(Origin origin, Upstream.Request request) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(request.method()))
            .setSsl(origin.tls())
            .setServer(SocketAddress.inetSocketAddress(origin.port(), origin.host()))
            .setHost(serverName.orElse(origin.host()))
            .setPort(origin.port())
            .setURI(request.target())
            .setFollowRedirects(false);
    return destinations
        .map(guard ->
            checked(guard, origin)
                .compose(address ->
                    client.request(
                        options.setServer(
                            SocketAddress.inetSocketAddress(origin.port(), address)))))
        .orElseGet(() -> client.request(options));
  }

  /** Whoever resolves names may do so anywhere. */
  private Future<String> checked(Destinations guard, Origin origin) {
    Promise<String> address = context.promise();
    guard.addressOf(origin).onComplete(address);
    return address.future();
  }
}
