package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.ResponsesOptions.ScopeRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeTest {

  private final ScopeHasher hasher =
      new ScopeHasher(Bytes.utf8("secret of 32 bytes, or so it says"));

  private Scope credential(String query, String... fields) {
    return Scope.of(new ScopeRule.Credential(), Fields.of(fields), query, hasher);
  }

  @Test
  void everyCredentialInEveryPlaceIsAScopeOfItsOwn() {
    List<Scope> scopes =
        List.of(
            credential(""),
            credential("", "x-api-key", ""),
            credential("", "x-api-key", "T1"),
            credential("", "x-api-key", "T2"),
            credential("", "authorization", "T1"),
            credential("", "authorization", "Bearer T1"),
            credential("", "api-key", "T1"),
            credential("", "cookie", "T1"),
            credential("key=T1"),
            credential("api-key=T1"),
            credential("key="),
            credential("key=T1", "x-api-key", "T1"),
            credential("", "x-api-key", "T1", "x-api-key", "T2"),
            credential("", "x-api-key", "T2", "x-api-key", "T1"),
            credential("", "x-api-key", "T1, T2"),
            credential("", "x-api-key", "T1", "authorization", "T2"),
            credential("", "x-api-key", "T2", "authorization", "T1"),
            Scope.of(new ScopeRule.Shared(), Fields.none(), "", hasher),
            Scope.of(new ScopeRule.Header("x-team"), Fields.of("x-team", "T1"), "", hasher));
    assertEquals(scopes.size(), new HashSet<>(scopes).size());
  }

  @Test
  void theSameCredentialIsTheSameScope() {
    assertEquals(
        credential("a=1&key=T1&b=2", "X-API-Key", "T2", "Authorization", "T3", "Accept", "x"),
        credential("key=T1", "authorization", "T3", "x-api-key", "T2", "accept", "y"));
    assertEquals(credential("key=T1"), credential("%6Bey=T1"));
    assertEquals(credential("x=1"), credential(""));
  }

  @Test
  void sharedIsOneScopeWhoeverAsks() {
    assertEquals(
        Scope.of(new ScopeRule.Shared(), Fields.of("x-api-key", "T1"), "", hasher),
        Scope.of(new ScopeRule.Shared(), Fields.of("x-api-key", "T2"), "key=1", hasher));
  }

  @Test
  void aHeaderScopeFailsClosedWhenTheHeaderIsMissing() {
    var rule = new ScopeRule.Header("X-Team");
    var one = Scope.of(rule, Fields.of("x-team", "red", "x-api-key", "T1"), "", hasher);
    var other = Scope.of(rule, Fields.of("X-TEAM", "red", "x-api-key", "T2"), "", hasher);
    assertEquals(one, other);
    assertNotEquals(one, Scope.of(rule, Fields.of("x-team", "blue"), "", hasher));
    assertEquals(
        credential("", "x-api-key", "T1"),
        Scope.of(rule, Fields.of("x-api-key", "T1"), "", hasher));
  }

  @Test
  void theSecretDecidesTheDigest() {
    var other = new ScopeHasher(Bytes.utf8("another secret"));
    assertNotEquals(
        credential("", "x-api-key", "T1"),
        Scope.of(new ScopeRule.Credential(), Fields.of("x-api-key", "T1"), "", other));
    assertEquals(32, credential("").digest().size());
  }

  @Test
  void nothingPrintsACredential() {
    var scope = credential("", "x-api-key", "sk-canary");
    assertEquals(12, scope.label().length());
    assertFalse((scope + hasher.toString() + scope.label()).contains("canary"));
  }

  @Test
  void whatTheHasherRemembersIsWhatItWouldCompute() {
    Set<Scope> scopes = new HashSet<>();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 1000; i++) {
        scopes.add(credential("", "x-api-key", "T" + i));
      }
    }
    assertEquals(1000, scopes.size());
  }
}
