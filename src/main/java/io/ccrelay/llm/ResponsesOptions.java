package io.ccrelay.llm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code cache.responses}: how answers of LLM routes are cached.
 *
 * @param enabled whether they are at all
 * @param ttl for answers that may vary
 * @param ttlDeterministic for temperature 0, count_tokens and embeddings
 * @param maxTtl cap for every lifetime a client asks for
 * @param streaming store complete streams and replay them
 * @param scope who shares an entry
 * @param coalesce equal requests in flight share one upstream call
 * @param coalesceWait how long a follower waits for a sign of its leader
 * @param staleWhileRevalidate window after expiry in which the stale answer is sent and refreshed
 * @param staleIfError window after expiry in which the stale answer covers for a failing upstream
 * @param toolUse store answers that call tools
 * @param maxEntryBytes largest body stored
 * @param usageOnHit what the usage of a replayed answer says
 * @param finishAfterDisconnect go on reading an answer that will be stored when its client left
 * @param ignore JSON pointers left out of the key beside the built-in recipe
 * @param rules first match wins
 */
public record ResponsesOptions(
    boolean enabled,
    Duration ttl,
    Duration ttlDeterministic,
    Duration maxTtl,
    boolean streaming,
    ScopeRule scope,
    boolean coalesce,
    Duration coalesceWait,
    Duration staleWhileRevalidate,
    Duration staleIfError,
    boolean toolUse,
    long maxEntryBytes,
    UsageOnHit usageOnHit,
    boolean finishAfterDisconnect,
    List<String> ignore,
    List<Rule> rules) {

  /** The documented defaults. */
  public static final ResponsesOptions DEFAULTS =
      new ResponsesOptions(
          true,
          Duration.ofMinutes(5),
          Duration.ofHours(1),
          Duration.ofDays(7),
          false,
          new ScopeRule.Credential(),
          true,
          Duration.ofSeconds(5),
          Duration.ZERO,
          Duration.ZERO,
          false,
          8L << 20,
          UsageOnHit.VERBATIM,
          false,
          List.of(),
          List.of());

  /** Makes the lists immutable. */
  public ResponsesOptions {
    ignore = List.copyOf(ignore);
    rules = List.copyOf(rules);
  }

  /** Who shares an entry. */
  public sealed interface ScopeRule {
    /** Those who present the same credential. */
    record Credential() implements ScopeRule {}

    /** Everybody. */
    record Shared() implements ScopeRule {}

    /** Those who send the same value of the field {@code name}. */
    record Header(String name) implements ScopeRule {}
  }

  /** What the usage of a replayed answer says. */
  public enum UsageOnHit {
    /** What the provider reported. */
    VERBATIM,
    /** Zeros, fields kept. */
    ZERO
  }

  /**
   * An exception for some requests; empty settings keep the general ones.
   *
   * @param path path glob, empty = any
   * @param model model glob, empty = any
   * @param header {@code name} or {@code name: glob}, empty = any
   * @param ttl lifetime of both kinds
   * @param streaming see {@link ResponsesOptions#streaming}
   * @param scope see {@link ResponsesOptions#scope}
   * @param enabled see {@link ResponsesOptions#enabled}
   */
  public record Rule(
      String path,
      String model,
      String header,
      Optional<Duration> ttl,
      Optional<Boolean> streaming,
      Optional<ScopeRule> scope,
      Optional<Boolean> enabled) {}
}
