package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.expression.Url;
import io.ccrelay.policy.run.Effect;
import io.ccrelay.policy.run.Outgoing;
import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.Buffers;
import io.ccrelay.upstream.Origin;
import io.ccrelay.upstream.Upstream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The upstream requests that the calls of a policy are sent as. Confined to the request's context.
 */
final class CallRequests {

  private static final Duration CONNECT = Duration.ofSeconds(3);

  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "connection", "expect", "host", "keep-alive");

  private final ApiOptions api;
  private final Upstream.Body clientsBody;

  /** For a request of {@code api} whose body, unless a document reads it, is passed on. */
  CallRequests(ApiOptions api, Upstream.Body clientsBody) {
    this.api = api;
    this.clientsBody = clientsBody;
  }

  /** The origin of {@code url}; empty if it has none. */
  static String origin(Url url) {
    String host =
        url.host().contains(":") && !url.host().startsWith("[")
            ? "[" + url.host() + "]"
            : url.host();
    return Origin.parse(url.scheme() + "://" + host + ":" + url.port())
        .map(Origin::toString)
        .orElse("");
  }

  /** The request of {@code call} to the API's own service, within the API's time-outs. */
  Upstream.Request own(Outgoing call, Effect.OwnService own, Fields fields) {
    Fields bare = unframed(fields);
    Optional<String> host = api.preserveHost() ? fields.first("Host") : Optional.empty();
    ApiOptions.Timeouts waits = api.timeouts();
    return new Upstream.Request(
        call.method(),
        "",
        own.target(),
        host.map(name -> bare.plus("Host", name)).orElse(bare),
        body(call),
        new Upstream.Deadlines(
            waits.connect(),
            own.timeout().orElse(waits.firstByte()),
            waits.betweenBytes(),
            waits.total()));
  }

  private static Fields unframed(Fields fields) {
    return fields.without(line -> FRAMING.contains(line.name().toLowerCase(Locale.ROOT)));
  }

  /** The request of {@code call} to where its URL says. */
  Upstream.Request to(Outgoing call, Fields fields) {
    Duration wait = call.timeout();
    return new Upstream.Request(
        call.method(),
        origin(call.url()),
        target(call.url()),
        unframed(fields),
        body(call),
        new Upstream.Deadlines(
            wait.compareTo(CONNECT) < 0 ? wait : CONNECT, wait, wait, Optional.empty()));
  }

  private static String target(Url url) {
    return (url.path().isEmpty() ? "/" : url.path()) + url.queryString();
  }

  private Upstream.Body body(Outgoing call) {
    if (call.clientsBody()) {
      return clientsBody;
    }
    boolean none =
        call.body().map(Bytes::isEmpty).orElse(true)
            && (call.method().equals("GET") || call.method().equals("HEAD"));
    return none
        ? new Upstream.Body.None()
        : new Upstream.Body.Whole(Buffers.view(call.body().orElse(Bytes.empty())));
  }
}
