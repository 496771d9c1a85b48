package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.expression.Url;
import java.time.Duration;
import java.util.Optional;

/**
 * A call to be made.
 *
 * @param body what to send; empty: nothing, or the client's body if {@code clientsBody}
 * @param clientsBody whether the client's body is passed on as it arrives
 * @param timeout longest wait for the head of the answer
 * @param followRedirects whether redirects are followed
 */
public record Outgoing(
    String method,
    Url url,
    Fields fields,
    Optional<Bytes> body,
    boolean clientsBody,
    Duration timeout,
    boolean followRedirects) {}
