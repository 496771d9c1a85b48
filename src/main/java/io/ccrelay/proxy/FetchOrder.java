package io.ccrelay.proxy;

import io.ccrelay.llm.RequestParts;
import io.ccrelay.upstream.Upstream;
import java.util.function.Supplier;

/**
 * What to fetch and how to keep it.
 *
 * @param keyed the upstream request and its key
 * @param terms how the answer is judged and kept
 * @param parts what the client's request is made of; reads it again
 */
record FetchOrder(KeyedRequest keyed, StoreTerms terms, Supplier<RequestParts> parts) {

  Upstream.Request request() {
    return keyed.request();
  }
}
