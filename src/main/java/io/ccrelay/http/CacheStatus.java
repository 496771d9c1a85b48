package io.ccrelay.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How this cache handled a request, as one member of {@code Cache-Status} (RFC 9211 section 2).
 * Immutable; safe for use from any context.
 *
 * @param reason why the request was forwarded, empty for a hit
 * @param forwardStatus status code the origin answered with, when the client gets another one
 * @param ttl remaining freshness, negative when stale
 * @param stored whether the answer was stored
 * @param collapsed whether the request waited for another one's answer; empty = not said
 * @param key the cache key; it can leak, so only on demand
 * @param detail a state of our own, a token where possible
 */
public record CacheStatus(
    Optional<ForwardReason> reason,
    Optional<Integer> forwardStatus,
    Optional<Duration> ttl,
    boolean stored,
    Optional<Boolean> collapsed,
    Optional<String> key,
    Optional<String> detail) {

  /** The field this value is sent in. */
  public static final String FIELD = "Cache-Status";

  /** Answered from the store. */
  public static CacheStatus hit() {
    return of(Optional.empty());
  }

  /** Answered from the store, fresh for another {@code ttl}, or stale for so long if negative. */
  public static CacheStatus hit(Duration ttl) {
    return hit().ttl(ttl);
  }

  /** Went towards the origin because of {@code reason}. */
  public static CacheStatus forward(ForwardReason reason) {
    return of(Optional.of(reason));
  }

  /** With the remaining freshness. */
  public CacheStatus ttl(Duration remaining) {
    return new CacheStatus(
        reason, forwardStatus, Optional.of(remaining), stored, collapsed, key, detail);
  }

  /** With the origin's status code; only for a forwarded request. */
  public CacheStatus forwardStatus(int status) {
    return new CacheStatus(reason, Optional.of(status), ttl, stored, collapsed, key, detail);
  }

  /** With the note that the answer was stored; only for a forwarded request. */
  public CacheStatus stored(boolean wasStored) {
    return new CacheStatus(reason, forwardStatus, ttl, wasStored, collapsed, key, detail);
  }

  /** With the note whether the request was collapsed with another; only for a forwarded one. */
  public CacheStatus collapsed(boolean wasCollapsed) {
    return new CacheStatus(
        reason, forwardStatus, ttl, stored, Optional.of(wasCollapsed), key, detail);
  }

  /** With the cache key. */
  public CacheStatus key(String cacheKey) {
    return new CacheStatus(
        reason, forwardStatus, ttl, stored, collapsed, Optional.of(cacheKey), detail);
  }

  /** With a state of our own. */
  public CacheStatus detail(String state) {
    return new CacheStatus(reason, forwardStatus, ttl, stored, collapsed, key, Optional.of(state));
  }

  /**
   * {@code fields} with this member behind those of caches nearer to the origin, which stay.
   *
   * @param cacheName the name this cache goes by
   */
  public Fields appendTo(Fields fields, String cacheName) {
    return fields.plus(FIELD, member(cacheName));
  }

  /** The list member under {@code cacheName}. */
  public String member(String cacheName) {
    var text = new StringBuilder(tokenOrString(cacheName));
    reason.ifPresentOrElse(why -> appendForward(text, why), () -> text.append("; hit"));
    ttl.ifPresent(left -> text.append("; ttl=").append(left.toSeconds()));
    if (reason.isPresent()) {
      appendStorage(text);
    }
    key.ifPresent(value -> text.append("; key=").append(string(value)));
    detail.ifPresent(value -> text.append("; detail=").append(tokenOrString(value)));
    return text.toString();
  }

  private void appendForward(StringBuilder text, ForwardReason why) {
    text.append("; fwd=").append(why.token());
    forwardStatus.ifPresent(status -> text.append("; fwd-status=").append(status));
  }

  private void appendStorage(StringBuilder text) {
    if (stored) {
      text.append("; stored");
    }
    collapsed.ifPresent(was -> text.append(was ? "; collapsed" : "; collapsed=?0"));
  }

  private static CacheStatus of(Optional<ForwardReason> reason) {
    return new CacheStatus(
        reason,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A token where the text is one (RFC 9651 section 4.1.7), else a string. */
  private static String tokenOrString(String text) {
    boolean token =
        !text.isEmpty() && (ListMembers.isLetter(text.charAt(0)) || text.charAt(0) == '*');
    for (int i = 1; token && i < text.length(); i++) {
      char c = text.charAt(i);
      token = ListMembers.isTokenCharacter(c) || c == ':' || c == '/';
    }
    return token ? text : string(text);
  }

  /** A string (RFC 9651 section 4.1.6); what it cannot carry becomes a question mark. */
  private static String string(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c >= ' ' && c < 127 ? c : '?');
    }
    return quoted.append('"').toString();
  }
}
