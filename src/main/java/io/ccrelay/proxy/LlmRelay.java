package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Flights;
import io.ccrelay.llm.ChatRequest;
import io.ccrelay.llm.KeyMemo;
import io.ccrelay.llm.Parsed;
import io.ccrelay.llm.Recipe;
import io.ccrelay.metrics.Meters;
import io.ccrelay.semantic.SemanticCache;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Relays LLM requests: what one verticle needs for all of them. Confined to the verticle's context.
 */
final class LlmRelay {

  private final ProxyParts parts;
  private final Cache cache;
  private final Upstream upstream;
  private final Executor executor;
  private final Offload offload;
  private final Understanding understanding;
  private final ReplayedAnswer replay;
  private final KeyMemo memo = new KeyMemo();
  private final CallMemo calls;
  private Recipe recipe = Recipe.BUILT_IN;
  private long recipeGeneration = -1;

  LlmRelay(Vertx vertx, ProxyParts parts, Cache cache, Upstream upstream) {
    this.parts = parts;
    this.cache = cache;
    this.upstream = upstream;
    var context = vertx.getOrCreateContext();
    this.offload = new Offload(vertx);
    this.executor = task -> context.runOnContext(_ -> task.run());
    this.understanding = new Understanding(parts.scopeSecret(), new UpstreamRequests(parts.keys()));
    this.calls = new CallMemo(understanding);
    this.replay = new ReplayedAnswer(offload, cache);
  }

  /** Goes the way of one request whose {@code body} was read. */
  void relay(LlmReply reply, Understanding.Arrival arrival, Buffer body) {
    Bytes bytes = Buffers.owned(body);
    if (offload.readsAtOnce(bytes.size())) {
      Parsed parsed = memo.parse(arrival.route(), bytes, recipe(arrival));
      begin(reply, calls.of(arrival, bytes, parsed));
      return;
    }
    Recipe forThis = recipe(arrival);
    offload
        .reading(bytes.size(), () -> ChatRequest.parse(arrival.route(), bytes, forThis))
        .onSuccess(parsed -> begin(reply, understanding.of(arrival, bytes, parsed)))
        .onFailure(reply::broken);
  }

  private void begin(LlmReply reply, LlmCall call) {
    reply.about(call);
    DebugHead.describe(reply.head(), call);
    new LlmExchange(this, reply, call).begin();
  }

  private Recipe recipe(Understanding.Arrival arrival) {
    long generation = arrival.settings().generation();
    if (generation != recipeGeneration) {
      recipeGeneration = generation;
      recipe = Recipe.of(arrival.settings().responses().ignore());
    }
    return recipe;
  }

  Cache cache() {
    return cache;
  }

  Optional<SemanticCache> semantic() {
    return parts.semantic().get();
  }

  Flights flights() {
    return parts.flights();
  }

  Upstream upstream() {
    return upstream;
  }

  KeptParts kept() {
    return parts.kept();
  }

  Meters meters() {
    return parts.meters();
  }

  InstantSource clock() {
    return parts.clock();
  }

  Executor executor() {
    return executor;
  }

  Offload offload() {
    return offload;
  }

  ReplayedAnswer replay() {
    return replay;
  }
}
