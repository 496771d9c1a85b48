package io.ccrelay.proxy.policy;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.expression.Url;
import io.ccrelay.policy.run.Outgoing;
import io.ccrelay.policy.run.Urls;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a redirect leads (RFC 9110 section 15.4), for {@code follow-redirects}. */
final class Redirects {

  /** Most redirects of one call; the one after them is the answer. */
  static final int MOST = 10;

  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  /** What another origin may know; everything else may be a credential for the one before. */
  private static final Set<String> HARMLESS =
      Set.of("accept", "accept-encoding", "accept-language", "content-type", "user-agent");

  private static final Set<String> OF_CONTENT =
      Set.of("content-type", "content-encoding", "content-language");

  private Redirects() {}

  /**
   * The call that an answer with {@code status} and {@code fields} to {@code call} asks for; empty
   * if it asks for none, or for one that cannot be made: of content that was sent as it arrived, or
   * from a secured service to one that is not.
   */
  static Optional<Outgoing> next(Outgoing call, int status, Fields fields) {
    Optional<Url> target =
        STATUSES.contains(status) ? target(call.url(), fields) : Optional.empty();
    boolean bare = status == 303 || (status < 303 && call.method().equals("POST"));
    boolean lost = !bare && call.clientsBody() && !isSafe(call.method());
    return lost ? Optional.empty() : target.map(url -> call(call, url, bare));
  }

  private static boolean isSafe(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static Optional<Url> target(Url from, Fields fields) {
    try {
      return fields
          .first("Location")
          .map(location -> URI.create(from.toString()).resolve(location.strip()).toString())
          .map(location -> location.replaceFirst("#.*", ""))
          .flatMap(Urls::parse)
          .filter(to -> to.scheme().equals("https") || from.scheme().equals("http"));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Outgoing call(Outgoing before, Url to, boolean bare) {
    boolean same = CallRequests.origin(before.url()).equals(CallRequests.origin(to));
    var manner =
        new Outgoing.Manner(
            true, before.manner().http2(), same ? before.manner().identity() : Optional.empty());
    Fields kept =
        before
            .fields()
            .without(line -> {
              String name = line.name().toLowerCase(Locale.ROOT);
              return (!same && !HARMLESS.contains(name)) || (bare && OF_CONTENT.contains(name));
            });
    return new Outgoing(
        bare && !before.method().equals("HEAD") ? "GET" : before.method(),
        to,
        kept,
        bare ? Optional.empty() : before.body(),
        false,
        before.timeout(),
        manner);
  }
}
