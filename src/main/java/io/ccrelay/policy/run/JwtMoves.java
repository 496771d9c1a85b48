package io.ccrelay.policy.run;

import io.ccrelay.policy.CertificateEntity;
import io.ccrelay.policy.SecurityPolicy.ClaimMatch;
import io.ccrelay.policy.SecurityPolicy.Material;
import io.ccrelay.policy.SecurityPolicy.RequiredClaim;
import io.ccrelay.policy.SecurityPolicy.TokenKey;
import io.ccrelay.policy.SecurityPolicy.TokenSource;
import io.ccrelay.policy.SecurityPolicy.ValidateJwt;
import io.ccrelay.policy.expression.value.Jwt;
import io.ccrelay.policy.expression.value.Text;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code validate-jwt}: whoever drives the run verifies the token; its claims are judged here. */
final class JwtMoves {

  private static final String SOURCE = "validate-jwt";

  private final Conversation conversation;
  private final Values values;

  JwtMoves(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
  }

  Move perform(ValidateJwt statement) {
    Optional<String> found = source(statement.source());
    if (found.isEmpty() || found.get().isBlank()) {
      throw refused(statement, "TokenNotPresent", "JWT not present.");
    }
    String token = bare(statement, found.get().strip());
    return new Move.Ask(
        new Effect.Validate(token, rules(statement)), answer -> judged(statement, answer));
  }

  private Optional<String> source(TokenSource source) {
    return switch (source) {
      case TokenSource.Header(var name) -> conversation.request().headers().first(values.of(name));
      case TokenSource.QueryParameter(var name) ->
          Query.parse(conversation.request().originalUrl().queryString())
              .values(values.of(name))
              .stream()
              .findFirst();
      case TokenSource.Value(var token) -> Optional.of(values.of(token));
    };
  }

  /** The token without its scheme. */
  private String bare(ValidateJwt statement, String text) {
    Optional<String> scheme = values.of(statement.requireScheme());
    int blank = text.indexOf(' ');
    String given = blank < 0 ? "" : text.substring(0, blank);
    if (scheme.isPresent() && !given.equalsIgnoreCase(scheme.get())) {
      throw refused(statement, "TokenSchemeNotAllowed", "JWT has another scheme.");
    }
    return blank < 0 ? text : text.substring(blank + 1).strip();
  }

  private Effect.TokenRules rules(ValidateJwt statement) {
    return new Effect.TokenRules(
        values.of(statement.requireExpirationTime()),
        values.of(statement.requireSignedTokens()),
        Duration.ofSeconds(values.of(statement.clockSkew())),
        values.all(statement.openIdConfigs()),
        statement.issuerSigningKeys().stream().map(this::key).toList(),
        statement.decryptionKeys().stream().map(this::key).toList(),
        values.all(statement.audiences()),
        values.all(statement.issuers()));
  }

  private Effect.TokenKey key(TokenKey key) {
    String id = values.of(key.id()).orElse("");
    return switch (key.material()) {
      case Material.Secret(var base64) -> new Effect.TokenKey.Shared(id, values.of(base64));
      case Material.Rsa(var modulus, var exponent) ->
          new Effect.TokenKey.Rsa(id, values.of(modulus), values.of(exponent));
      case Material.CertificateId(var name) ->
          new Effect.TokenKey.Certified(id, certificate(values.of(name)));
    };
  }

  private CertificateEntity certificate(String name) {
    var found = conversation.surroundings().certificates().get(name);
    if (found == null) {
      throw PolicyFailure.internal(SOURCE, "CertificateNotFound", "There is no such certificate.");
    }
    return found;
  }

  private Move judged(ValidateJwt statement, Answer answer) {
    return switch (answer) {
      case Answer.TokenValid(var claims, var token) -> {
        for (RequiredClaim claim : statement.requiredClaims()) {
          check(statement, claim, claims);
        }
        Jwt read = Jwt.read(token);
        statement
            .outputTokenVariableName()
            .ifPresent(name -> conversation.variables().put(name, read));
        yield Move.NEXT;
      }
      case Answer.TokenInvalid(String reason, String message) ->
          throw refused(statement, reason, message);
      default -> throw refused(statement, "TokenValidationFailure", "JWT was not validated.");
    };
  }

  private void check(
      ValidateJwt statement, RequiredClaim claim, Map<String, @Nullable Object> claims) {
    String name = values.of(claim.name());
    if (!claims.containsKey(name)) {
      throw refused(statement, "TokenClaimNotFound", "JWT has no claim '" + name + "'.");
    }
    List<String> has = texts(claims.get(name), values.of(claim.separator()));
    List<String> wanted = values.all(claim.values());
    boolean matches =
        wanted.isEmpty()
            || (values.of(claim.match()) == ClaimMatch.ALL
                ? has.containsAll(wanted)
                : wanted.stream().anyMatch(has::contains));
    if (!matches) {
      throw refused(
          statement, "TokenClaimValueNotAllowed", "JWT has another value of '" + name + "'.");
    }
  }

  private static List<String> texts(@Nullable Object value, Optional<String> separator) {
    if (value instanceof List<?> list) {
      return list.stream().map(Text::of).toList();
    }
    String text =
        value instanceof Boolean flag ? flag.toString().toLowerCase(Locale.ROOT) : Text.of(value);
    return separator
        .filter(it -> !it.isEmpty())
        .map(it -> Arrays.asList(text.split(Pattern.quote(it), -1)))
        .orElse(List.of(text));
  }

  private PolicyFailure refused(ValidateJwt statement, String reason, String message) {
    int status = values.of(statement.failedValidationHttpCode());
    String told = values.of(statement.failedValidationErrorMessage()).orElse(message);
    return new PolicyFailure(SOURCE, reason, message, Replies.error(status, told));
  }
}
