package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.limit.Limit.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of an {@link Effect}. */
public sealed interface Answer {

  /** It was done, as far as anybody waits for it. */
  Answer DONE = new Done();

  /** See {@link #DONE}. */
  record Done() implements Answer {}

  /** What a slot holds; nothing, too, if the cache does not answer. */
  record Found(Optional<Bytes> value) implements Answer {}

  /** The cache did not do it. */
  record CacheFailed(String reason) implements Answer {}

  /** Nobody else computes the value: this request does, and ends with {@link Effect.Land}. */
  record Leads() implements Answer {}

  /** Another request computed it, or failed to. */
  record Landed(Optional<Bytes> value) implements Answer {}

  /** Another request computes it. */
  record Busy() implements Answer {}

  /** One verdict for each toll up to the first refusal. */
  record Judged(List<Verdict> verdicts) implements Answer {}

  /** Whether there was room. */
  record Entered(boolean admitted) implements Answer {}

  /** There is a response. */
  record Answered(Response response) implements Answer {}

  /**
   * There is none.
   *
   * @param reason as {@code context.LastError.Reason} has it
   */
  record Broken(String reason, String message) implements Answer {}

  /** All branches ended; one of them with a reply, perhaps. */
  record Joined(Optional<Effect.Reply> reply) implements Answer {}

  /** A text. */
  record Text(String text) implements Answer {}

  /**
   * A token to trust.
   *
   * @param claims each a text, a number, a truth value or a list of them
   * @param token as it can be read, decrypted if it was not
   */
  record TokenValid(Map<String, @Nullable Object> claims, String token) implements Answer {

    /** Without the token. */
    @Override
    public String toString() {
      return "TokenValid" + claims.keySet();
    }
  }

  /**
   * A token not to trust.
   *
   * @param reason as {@code context.LastError.Reason} has it
   */
  record TokenInvalid(String reason, String message) implements Answer {}
}
