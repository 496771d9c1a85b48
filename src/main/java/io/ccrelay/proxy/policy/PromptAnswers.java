package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Key;
import io.ccrelay.policy.CachePolicy.CachingType;
import io.ccrelay.policy.run.Answer;
import io.ccrelay.policy.run.Effect;
import io.ccrelay.policy.run.Prompt;
import io.ccrelay.policy.run.Slot;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;

/** Answers to similar prompts: found by likeness, read from the cache. Confined to one context. */
final class PromptAnswers {

  private final SimilarPrompts prompts;
  private final PolicyCaches caches;
  private final InstantSource clock;

  PromptAnswers(SimilarPrompts prompts, PolicyCaches caches, InstantSource clock) {
    this.prompts = prompts;
    this.caches = caches;
    this.clock = clock;
  }

  Future<Answer> find(Effect.LookupSimilar wish) {
    return prompts
        .nearest(wish.prompt(), wish.maxDistance())
        .compose(near ->
            near.map(entry -> read(wish.prompt(), entry, wish.cache()))
                .orElseGet(() -> Future.succeededFuture(new Answer.Found(Optional.empty()))))
        .otherwise(new Answer.Found(Optional.empty()));
  }

  /** The index only knows that the entry was there. */
  private Future<Answer> read(Prompt prompt, Key entry, CachingType cache) {
    return caches
        .read(new Slot(entry, cache))
        .onSuccess(answer -> {
          if (answer instanceof Answer.Found(var value) && value.isEmpty()) {
            prompts.forget(prompt, entry);
          }
        });
  }

  /** Nobody waits for the end of it. */
  Future<Answer> remember(Effect.RememberSimilar wish) {
    Effect.Write write = wish.write();
    var _ = prompts.remember(wish.prompt(), write.slot().key(), clock.instant().plus(write.ttl()));
    return caches.write(write);
  }
}
