package io.ccrelay.policy.run;

import io.ccrelay.policy.SecurityPolicy;
import io.ccrelay.policy.SecurityPolicy.Basic;
import io.ccrelay.policy.SecurityPolicy.CheckHeader;
import io.ccrelay.policy.SecurityPolicy.Cors;
import io.ccrelay.policy.SecurityPolicy.FilterAction;
import io.ccrelay.policy.SecurityPolicy.IpFilter;
import io.ccrelay.policy.SecurityPolicy.ManagedIdentity;
import io.ccrelay.policy.SecurityPolicy.ValidateJwt;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Statements that let in, keep out or identify. */
final class SecurityMoves {

  private final Conversation conversation;
  private final Values values;

  SecurityMoves(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
  }

  Move perform(SecurityPolicy statement) {
    return switch (statement) {
      case CheckHeader it -> checkHeader(it);
      case IpFilter it -> filter(it);
      case Cors it -> new CorsMoves(conversation, values).perform(it);
      case ValidateJwt it -> new JwtMoves(conversation, values).perform(it);
      case Basic it -> authorize(basic(it, values));
      case ManagedIdentity it -> identify(it);
      case SecurityPolicy.Certificate it ->
          new Identities(conversation, values)
              .find(
                  it,
                  identity -> {
                    conversation.request().identity(identity);
                    return Move.NEXT;
                  });
    };
  }

  private Move checkHeader(CheckHeader statement) {
    String name = values.of(statement.name());
    int status = values.of(statement.failedCheckHttpCode());
    String message = values.of(statement.failedCheckErrorMessage());
    var found = conversation.request().headers().joined(name);
    if (found.isEmpty()) {
      throw PolicyFailure.of("check-header", "HeaderNotFound", message, status);
    }
    boolean ignoreCase = values.of(statement.ignoreCase());
    List<String> allowed = values.all(statement.values());
    boolean matches =
        allowed.isEmpty()
            || allowed.stream()
                .anyMatch(one ->
                    ignoreCase ? one.equalsIgnoreCase(found.get()) : one.equals(found.get()));
    if (!matches) {
      throw PolicyFailure.of("check-header", "HeaderValueNotAllowed", message, status);
    }
    return Move.NEXT;
  }

  private Move filter(IpFilter statement) {
    String caller = conversation.request().ipAddress();
    boolean listed =
        values.all(statement.addresses()).stream().anyMatch(one -> Addresses.isIn(caller, one))
            || statement.ranges().stream()
                .anyMatch(range ->
                    Addresses.isBetween(caller, values.of(range.from()), values.of(range.to())));
    if (listed != (values.of(statement.action()) == FilterAction.ALLOW)) {
      throw PolicyFailure.of(
          "ip-filter", "CallerIpNotAllowed", "Caller IP address is not allowed.", 403);
    }
    return Move.NEXT;
  }

  private Move authorize(String value) {
    Request request = conversation.request();
    request.headers(request.headers().with("Authorization", value));
    return Move.NEXT;
  }

  static String basic(Basic statement, Values values) {
    String pair = values.of(statement.username()) + ":" + values.of(statement.password());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private Move identify(ManagedIdentity statement) {
    return token(
        statement,
        values,
        token -> {
          if (statement.outputTokenVariableName().isPresent()) {
            conversation.variables().put(statement.outputTokenVariableName().get(), token);
            return Move.NEXT;
          }
          return authorize("Bearer " + token);
        });
  }

  /** Obtains a token for {@code use}; without one, {@code use} is skipped if errors are ignored. */
  static Move token(ManagedIdentity statement, Values values, Function<String, Move> use) {
    return new Move.Ask(
        new Effect.Identify(values.of(statement.resource()), values.of(statement.clientId())),
        answer -> {
          if (answer instanceof Answer.Text(String token)) {
            return use.apply(token);
          }
          if (values.of(statement.ignoreError())) {
            return Move.NEXT;
          }
          throw PolicyFailure.internal(
              "authentication-managed-identity",
              "ManagedIdentityTokenFailure",
              "No token was obtained.");
        });
  }
}
