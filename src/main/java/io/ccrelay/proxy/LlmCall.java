package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.llm.CacheControls;
import io.ccrelay.llm.CacheUse;
import io.ccrelay.llm.ChatRequest;
import io.ccrelay.llm.RequestParts;
import io.ccrelay.llm.ResponsesOptions;
import io.ccrelay.llm.Route;
import java.util.function.Supplier;

/**
 * One LLM request, understood: everything the way through the relay needs to know. Immutable but
 * for the upstream order, which is made when it is needed first.
 */
final class LlmCall {

  private final Route route;
  private final ChatRequest request;
  private final CacheControls controls;
  private final ResponsesOptions options;
  private final CacheUse use;
  private final Key key;
  private final Bytes scope;
  private final Supplier<FetchOrder> order;
  private final Supplier<RequestParts> parts;
  private final Supplier<Meaning> meaning;

  /**
   * An understood request.
   *
   * @param options the options that hold for it, rules applied
   * @param use how the cache is used
   * @param key where its answer is, meaningless for a bypass
   * @param scope a digest of who may see the answer, empty where that was not asked
   * @param order makes what is asked of upstream
   * @param parts takes the request apart once more, in time linear in its size
   * @param meaning tells what is asked and in what
   */
  LlmCall(
      Route route,
      ChatRequest request,
      CacheControls controls,
      ResponsesOptions options,
      CacheUse use,
      Key key,
      Bytes scope,
      Supplier<FetchOrder> order,
      Supplier<RequestParts> parts,
      Supplier<Meaning> meaning) {
    this.route = route;
    this.request = request;
    this.controls = controls;
    this.options = options;
    this.use = use;
    this.key = key;
    this.scope = scope;
    this.order = order;
    this.parts = parts;
    this.meaning = meaning;
  }

  Route route() {
    return route;
  }

  ChatRequest request() {
    return request;
  }

  CacheControls controls() {
    return controls;
  }

  ResponsesOptions options() {
    return options;
  }

  CacheUse use() {
    return use;
  }

  Key key() {
    return key;
  }

  Bytes scope() {
    return scope;
  }

  /** What the request is made of; reads it again. */
  RequestParts parts() {
    return parts.get();
  }

  FetchOrder order() {
    return order.get();
  }

  Meaning meaning() {
    return meaning.get();
  }

  boolean wantsStream() {
    return request.stream();
  }

  boolean coalesces() {
    return use instanceof CacheUse.Use(var read, var write, var join) && join;
  }

  /** {@code Cache-Status} of an answer shared with an equal request. */
  String collapsedStatus() {
    return "cc-relay; fwd=uri-miss; collapsed";
  }
}
