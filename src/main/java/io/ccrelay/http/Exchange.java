package io.ccrelay.http;

import java.time.Instant;

/**
 * A request and the head of its response.
 *
 * @param request the request as the client sent it
 * @param status the status code
 * @param fields the fields of the response as received
 * @param requestTime when the request was sent, wall clock
 * @param responseTime when the head arrived, wall clock
 */
public record Exchange(
    CacheRequest request, int status, Fields fields, Instant requestTime, Instant responseTime) {}
