package io.ccrelay.policy.run;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.SecurityPolicy.Cors;
import java.util.List;
import java.util.Optional;

/** {@code cors}: answers preflights and marks what a script of another origin may read. */
final class CorsMoves {

  private final Conversation conversation;
  private final Values values;

  CorsMoves(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
  }

  Move perform(Cors statement) {
    Fields asked = conversation.request().headers();
    Optional<String> origin = asked.first("Origin");
    if (origin.isEmpty()) {
      return Move.NEXT;
    }
    Optional<String> wanted = asked.first("Access-Control-Request-Method");
    boolean preflight = conversation.request().method().equals("OPTIONS") && wanted.isPresent();
    boolean allowed =
        allows(values.all(statement.allowedOrigins()), origin.get())
            && allows(methods(statement), wanted.orElse(conversation.request().method()));
    if (!allowed) {
      return unmatched(statement, preflight);
    }
    mark(statement, origin.get());
    return preflight ? preflight(statement, asked, wanted.get()) : Move.NEXT;
  }

  /** Without a list, scripts may GET and POST. */
  private List<String> methods(Cors statement) {
    List<String> methods = values.all(statement.allowedMethods());
    return methods.isEmpty() ? List.of("GET", "POST") : methods;
  }

  private static boolean allows(List<String> allowed, String one) {
    return allowed.stream()
        .anyMatch(each -> each.strip().equals("*") || each.strip().equalsIgnoreCase(one));
  }

  /** The gateway answers 200 without the fields that would let a script read on. */
  private Move unmatched(Cors statement, boolean preflight) {
    String method = conversation.request().method();
    boolean simple = method.equals("GET") || method.equals("HEAD");
    if ((preflight || simple) && values.of(statement.terminateUnmatchedRequest())) {
      conversation.response(Response.of(200, Fields.none()));
      return new Move.End();
    }
    return Move.NEXT;
  }

  private void mark(Cors statement, String origin) {
    boolean credentials = values.of(statement.allowCredentials());
    boolean any = values.all(statement.allowedOrigins()).stream().anyMatch("*"::equals);
    conversation.notice("Access-Control-Allow-Origin", any && !credentials ? "*" : origin);
    if (!any || credentials) {
      conversation.notice("Vary", "Origin");
    }
    if (credentials) {
      conversation.notice("Access-Control-Allow-Credentials", "true");
    }
    List<String> exposed = values.all(statement.exposeHeaders());
    if (!exposed.isEmpty()) {
      conversation.notice("Access-Control-Expose-Headers", String.join(", ", exposed));
    }
  }

  private Move preflight(Cors statement, Fields asked, String method) {
    conversation.notice("Access-Control-Allow-Methods", method);
    asked
        .joined("Access-Control-Request-Headers")
        .map(names -> allowedOf(names, values.all(statement.allowedHeaders())))
        .filter(names -> !names.isEmpty())
        .ifPresent(names -> conversation.notice("Access-Control-Allow-Headers", names));
    values
        .of(statement.preflightMaxAge())
        .ifPresent(age -> conversation.notice("Access-Control-Max-Age", String.valueOf(age)));
    conversation.response(Response.of(200, Fields.none()));
    return new Move.End();
  }

  private static String allowedOf(String names, List<String> allowed) {
    return String.join(
        ", ",
        List.of(names.split(",", -1)).stream()
            .map(String::strip)
            .filter(name -> allows(allowed, name))
            .toList());
  }
}
