package io.ccrelay.proxy.api;

import io.ccrelay.http.CacheRequest;
import io.ccrelay.http.Fields;
import io.ccrelay.http.ForwardReason;
import java.util.List;
import java.util.Optional;

/**
 * What to ask the origin and why. Immutable.
 *
 * @param request the request to be answered
 * @param fields the field lines to send
 * @param reason why the store does not answer
 * @param held everything stored for the target
 * @param selected what the request selects of it
 * @param validating whether {@code fields} hold conditions of the cache's own
 */
record Order(
    CacheRequest request,
    Fields fields,
    ForwardReason reason,
    List<Held> held,
    Optional<Held> selected,
    boolean validating) {

  /** The same without conditions, after an answer that confirmed nothing held here. */
  Order unconditional() {
    Fields bare =
        request.fields().without(line -> line.is("If-None-Match") || line.is("If-Modified-Since"));
    return new Order(request, bare, reason, held, selected, false);
  }
}
