package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.Fields;
import io.ccrelay.proxy.Access.Denied;
import io.ccrelay.proxy.Access.Granted;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccessTest {

  private static final String MISSING_KEY = "missing x-api-key header";
  private static final String INVALID_KEY = "invalid x-api-key";
  private static final String MISSING_BEARER = "missing authorization header";
  private static final String SCHEME = "invalid authorization scheme";
  private static final String INVALID_BEARER = "invalid bearer token";
  private static final String OK = "";

  private static final List<Fields> REQUESTS =
      List.of(
          Fields.none(),
          Fields.of("X-Api-Key", "key"),
          Fields.of("x-api-key", "wrong"),
          Fields.of("x-api-key", ""),
          Fields.of("Authorization", "Bearer secret"),
          Fields.of("authorization", "bearer   secret "),
          Fields.of("authorization", "Bearer wrong"),
          Fields.of("authorization", "Bearer"),
          Fields.of("authorization", "Basic c2VjcmV0"),
          Fields.of("authorization", "BearerXsecret"),
          Fields.of("authorization", "Bearer wrong", "x-api-key", "key"),
          Fields.of("authorization", "Bearer secret", "x-api-key", "wrong"));

  /** Rows: configuration; expected sentences for {@link #REQUESTS}, in order. */
  static Stream<Arguments> matrix() {
    return Stream.of(
        row("", false, "", OK, OK, OK, OK, OK, OK, OK, OK, OK, OK, OK, OK),
        row("", false, "secret", OK, OK, OK, OK, OK, OK, OK, OK, OK, OK, OK, OK),
        row(
            "key",
            false,
            "",
            MISSING_KEY,
            OK,
            INVALID_KEY,
            MISSING_KEY,
            MISSING_KEY,
            MISSING_KEY,
            MISSING_KEY,
            MISSING_KEY,
            MISSING_KEY,
            MISSING_KEY,
            OK,
            INVALID_KEY),
        row(
            "",
            true,
            "",
            MISSING_BEARER,
            MISSING_BEARER,
            MISSING_BEARER,
            MISSING_BEARER,
            OK,
            OK,
            OK,
            SCHEME,
            SCHEME,
            SCHEME,
            OK,
            OK),
        row(
            "",
            true,
            "secret",
            MISSING_BEARER,
            MISSING_BEARER,
            MISSING_BEARER,
            MISSING_BEARER,
            OK,
            OK,
            INVALID_BEARER,
            SCHEME,
            SCHEME,
            SCHEME,
            INVALID_BEARER,
            OK),
        row(
            "key",
            true,
            "secret",
            MISSING_KEY,
            OK,
            INVALID_KEY,
            MISSING_KEY,
            OK,
            OK,
            MISSING_KEY,
            MISSING_KEY,
            MISSING_KEY,
            MISSING_KEY,
            OK,
            OK));
  }

  private static Arguments row(String apiKey, boolean bearer, String secret, String... expected) {
    return Arguments.of(new ServerOptions.Auth(apiKey, bearer, secret), List.of(expected));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void everyConfigurationJudgesEveryCredential(ServerOptions.Auth auth, List<String> expected) {
    Access access = Access.of(auth);
    for (int i = 0; i < REQUESTS.size(); i++) {
      var decision = access.decide(REQUESTS.get(i));
      var wanted = expected.get(i).isEmpty() ? new Granted() : new Denied(expected.get(i));
      assertEquals(wanted, decision, "request " + i);
    }
  }

  @Test
  void theRelaysOwnSecretsAreKnownAsSuch() {
    Access access = Access.of(new ServerOptions.Auth("key", true, "secret"));
    assertTrue(access.owns("key"));
    assertTrue(access.owns("secret"));
    assertFalse(access.owns("other"));
    assertFalse(Access.of(ServerOptions.Auth.OPEN).owns(""));
    assertFalse(access.toString().contains("key"));
  }
}
