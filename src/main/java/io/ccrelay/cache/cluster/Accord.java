package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Bytes;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.infinispan.AdvancedCache;
import org.jspecify.annotations.Nullable;

/**
 * What all members agree upon, in a small map that each of them has whole. Safe for use from any
 * thread; nothing blocks.
 */
final class Accord {

  private static final String SCOPE_SECRET = "scope-secret";
  private static final String NOTE = "note/";

  private final AdvancedCache<String, String> cache;
  private final String proposal;

  Accord(AdvancedCache<String, String> cache) {
    this.cache = cache;
    this.proposal = HexFormat.of().formatHex(ScopeSecrets.random().toArray());
  }

  /**
   * The key under which credentials enter cache keys: the first that was proposed. It may become
   * another one when groups meet that began apart.
   */
  CompletionStage<Bytes> scopeSecret() {
    return cache.putIfAbsentAsync(SCOPE_SECRET, proposal).thenApply(this::agreed);
  }

  private Bytes agreed(@Nullable String first) {
    return Bytes.owned(HexFormat.of().parseHex(first == null ? proposal : first));
  }

  /** Tells the others about the node {@code name}. */
  CompletionStage<Void> publish(String name, NodeNote note) {
    return cache.putAsync(NOTE + name, note.encoded()).thenAccept(_ -> {});
  }

  /** What the node {@code name} told. */
  CompletionStage<Optional<NodeNote>> noteOf(String name) {
    return cache
        .getAsync(NOTE + name)
        .thenApply(text -> Optional.ofNullable(text).flatMap(NodeNote::decode));
  }

  /** Forgets the node {@code name}, which has left. */
  CompletionStage<Void> forget(String name) {
    return cache.removeAsync(NOTE + name).thenAccept(_ -> {});
  }
}
