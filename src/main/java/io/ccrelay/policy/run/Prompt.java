package io.ccrelay.policy.run;

import io.ccrelay.cache.Key;
import java.util.Optional;

/**
 * What a request says to a language model, to be compared with what others said.
 *
 * @param embeddings where texts become vectors; empty = where the relay's own do
 * @param partition a digest of everything that must be equal
 * @param scope whose it is, for a cap of prompts each
 * @param text what may differ in wording
 */
public record Prompt(
    Optional<Surroundings.Backend> embeddings, Key partition, String scope, String text) {

  /** Without the text. */
  @Override
  public String toString() {
    return "Prompt[" + partition + "]";
  }
}
