package io.ccrelay.policy.run;

import io.ccrelay.cache.Key;
import io.ccrelay.policy.CachePolicy.CachingType;
import java.util.Optional;

/**
 * What a request says to a language model, to be compared with what others said.
 *
 * @param embeddings where texts become vectors; empty = where the relay's own do
 * @param partition a digest of everything that must be equal
 * @param scope whose it is, for a cap of prompts each
 * @param text what may differ in wording
 * @param cache where answers are
 * @param token for the service of embeddings
 */
public record Prompt(
    Optional<Surroundings.Backend> embeddings,
    Key partition,
    String scope,
    String text,
    CachingType cache,
    Optional<String> token) {

  /** Whether the relay tells a service of embeddings nothing of who it is. */
  boolean anonymous() {
    return embeddings
        .filter(service ->
            service.headers().keySet().stream()
                .noneMatch(name ->
                    name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("api-key")))
        .isPresent();
  }

  /** The same with {@code proof} of who asks. */
  Prompt by(String proof) {
    return new Prompt(embeddings, partition, scope, text, cache, Optional.of(proof));
  }

  /** Without the text. */
  @Override
  public String toString() {
    return "Prompt[" + partition + "]";
  }
}
