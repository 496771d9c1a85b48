package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Field;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes what names a scope under a secret, so that neither keys nor stores nor logs tell a
 * credential or let one be guessed. Remembers the last few; confined to one context.
 */
public final class ScopeHasher {

  private static final int REMEMBERED = 256;
  private static final int LONGEST_REMEMBERED = 4096;

  private final Mac mac;
  private final Map<Named, Scope> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Named, Scope> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Named(String kind, List<Field> parts) {

    @Override
    public String toString() {
      return kind;
    }
  }

  /**
   * A hasher under {@code secret}, which should have 32 random bytes. Relays that share a store
   * share the secret, or each finds its own entries only.
   */
  public ScopeHasher(Bytes secret) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.isEmpty() ? new byte[1] : secret.toArray(), "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
    }
  }

  /** The scope of {@code kind} that {@code parts}, names and values in order, stand for. */
  Scope scope(String kind, List<Field> parts) {
    var named = new Named(kind, parts);
    Scope scope = known.get(named);
    if (scope == null) {
      scope = hashed(named);
      if (parts.stream().mapToInt(part -> part.value().length()).sum() <= LONGEST_REMEMBERED) {
        known.put(named, scope);
      }
    }
    return scope;
  }

  private Scope hashed(Named named) {
    var parts = new KeyParts(256);
    parts.add(named.kind());
    parts.add(named.parts().size());
    for (Field part : named.parts()) {
      parts.add(part.name());
      parts.add(part.value());
    }
    return new Scope(Bytes.owned(parts.mac(mac)));
  }
}
