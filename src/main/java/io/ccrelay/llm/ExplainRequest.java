package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;

/**
 * A request to be explained, as a client would send it.
 *
 * @param path the path, such as {@code /v1/messages}
 * @param query the query without its question mark, may be empty
 * @param fields its fields, the credential included
 * @param body its content
 */
public record ExplainRequest(String path, String query, Fields fields, Bytes body) {}
