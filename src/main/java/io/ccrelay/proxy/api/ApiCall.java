package io.ccrelay.proxy.api;

import io.ccrelay.http.Fields;
import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.upstream.Upstream;

/**
 * One request for an API, as its backends shall get it. Immutable.
 *
 * @param reply where the answer goes
 * @param method the method
 * @param target path and query below a backend's own path
 * @param fields the field lines, without the mark of this relay
 * @param timeouts longest waits
 */
record ApiCall(
    ApiReply reply, String method, String target, Fields fields, ApiOptions.Timeouts timeouts) {

  /** The request with other field lines, and {@code body}. */
  Upstream.Request request(Fields lines, Upstream.Body body) {
    return new Upstream.Request(
        method,
        "",
        target,
        ForwardedFields.via(lines),
        body,
        new Upstream.Deadlines(
            timeouts.connect(), timeouts.firstByte(), timeouts.betweenBytes(), timeouts.total()));
  }

  /** The same target asked for by GET, whatever the client asks. */
  ApiCall asGet() {
    return new ApiCall(reply, "GET", target, fields, timeouts);
  }
}
