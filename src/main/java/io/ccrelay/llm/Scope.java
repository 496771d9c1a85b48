package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.ResponsesOptions.ScopeRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Who may see an entry. Part of every key, so that nobody finds what belongs to another scope;
 * there is no default. Immutable; safe for use from any context.
 *
 * <p>Credentials enter as HMAC-SHA256 under a secret of the relay, each with the place it stood in:
 * the same text in {@code x-api-key} and in {@code authorization} is two scopes, no credential is a
 * scope of its own, and an empty credential is another. All credentials of a request count.
 */
public final class Scope {

  private final Bytes digest;

  Scope(Bytes digest) {
    this.digest = digest;
  }

  /**
   * The scope of a request.
   *
   * @param rule who shares; a {@link ScopeRule.Header} that the request lacks counts as {@link
   *     ScopeRule.Credential}, so that forgetting the field shares nothing
   * @param rawQuery the query as received, without its question mark; may be empty
   */
  public static Scope of(ScopeRule rule, Fields request, String rawQuery, ScopeHasher hasher) {
    return switch (rule) {
      case ScopeRule.Shared() -> hasher.scope("shared", List.of());
      case ScopeRule.Header(String name) -> ofHeader(name, request, rawQuery, hasher);
      case ScopeRule.Credential() -> ofCredential(request, rawQuery, hasher);
    };
  }

  /** 32 bytes that stand for the scope. */
  public Bytes digest() {
    return digest;
  }

  /** The first 12 hexadecimal digits, for attributes of entries and for purge. */
  public String label() {
    return HexFormat.of().formatHex(digest.slice(0, 6).toArray());
  }

  private static Scope ofHeader(String name, Fields request, String rawQuery, ScopeHasher hasher) {
    var lines = new ArrayList<Field>(1);
    for (Field line : request) {
      if (line.is(name)) {
        lines.add(new Field(name.toLowerCase(Locale.ROOT), line.value()));
      }
    }
    return lines.isEmpty()
        ? ofCredential(request, rawQuery, hasher)
        : hasher.scope("header", lines);
  }

  private static Scope ofCredential(Fields request, String rawQuery, ScopeHasher hasher) {
    var credentials = new ArrayList<Field>(2);
    for (Field line : request) {
      if (Credentials.isCredential(line.name())) {
        credentials.add(new Field(Credentials.place(line.name()), line.value()));
      }
    }
    Credentials.ofQuery(rawQuery, credentials);
    credentials.sort(Comparator.comparing(Field::name));
    return hasher.scope(credentials.isEmpty() ? "anonymous" : "credential", credentials);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scope that && digest.equals(that.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return "Scope(" + label() + ")";
  }
}
