package io.ccrelay.upstream;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which field lines cross the relay. Fields that belong to one connection stay on it, together with
 * every field that {@code Connection} names (RFC 9110 section 7.6.1); framing is made anew for each
 * connection (RFC 9112 section 6).
 *
 * <p>Towards an upstream the relay is the client: it tells neither who its own client is nor how it
 * was reached. {@code Forwarded}, {@code X-Forwarded-*} and their like are removed and none is
 * added, and so is {@code Via}, though RFC 9110 section 7.6.3 asks gateways for it: a provider has
 * no use for the name and protocol of a machine of the operator.
 */
public final class Hop {

  private static final Set<String> CONNECTION =
      Set.of(
          "connection",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> REQUEST_ONLY =
      Set.of("content-length", "expect", "host", "proxy-authorization", "trailer");

  private static final Set<String> RESPONSE_ONLY =
      Set.of("proxy-authenticate", "proxy-authentication-info");

  private static final Set<String> PROVENANCE =
      Set.of(
          "cf-connecting-ip",
          "client-ip",
          "forwarded",
          "true-client-ip",
          "via",
          "x-client-ip",
          "x-cluster-client-ip",
          "x-real-ip");

  private Hop() {}

  /**
   * The lines of a request as they go upstream, in the order received; the credential comes last.
   *
   * @param client the client's lines
   * @param control what is meant for the relay and not forwarded
   * @param credential what {@link Credentials} decided
   * @param identity whether to ask for an unencoded answer instead of what the client accepts:
   *     wanted for answers that are stored or streamed event by event
   */
  public static Fields request(
      Fields client, Predicate<Field> control, Credentials.Decision credential, boolean identity) {
    Set<String> nominated = nominated(client);
    var lines = new ArrayList<Field>();
    for (Field line : client) {
      String name = lower(line);
      boolean unwanted =
          CONNECTION.contains(name)
              || REQUEST_ONLY.contains(name)
              || isProvenance(name)
              || nominated.contains(name)
              || Credentials.isCredential(name)
              || (identity && name.equals("accept-encoding"))
              || control.test(line)
              || credential.secrets().in(line);
      if (!unwanted) {
        lines.add(line);
      }
    }
    if (identity) {
      lines.add(new Field("Accept-Encoding", "identity"));
    }
    lines.addAll(credential.lines().lines());
    return Fields.of(lines);
  }

  /**
   * The trailers of a request as they go upstream: none that concerns the connection or that says
   * where the request goes, for whom or what it means (RFC 9110 section 6.5.1).
   *
   * @param nominated the names that {@code Connection} listed in the head, in lower case
   */
  public static Fields trailers(Fields client, Set<String> nominated) {
    return client.without(line -> {
      String name = lower(line);
      return CONNECTION.contains(name)
          || REQUEST_ONLY.contains(name)
          || nominated.contains(name)
          || isProvenance(name)
          || Credentials.isCredential(name)
          || name.equals("cookie")
          || !Sendable.isLine(line);
    });
  }

  /** The lines of an answer as they go on, in the order received; {@code Content-Length} stays. */
  public static Fields response(Fields upstream) {
    return response(upstream, nominated(upstream));
  }

  /**
   * The lines of a section of an answer, its head or its trailers.
   *
   * @param nominated the names that {@code Connection} listed in the head, in lower case
   */
  public static Fields response(Fields section, Set<String> nominated) {
    return section.without(line -> {
      String name = lower(line);
      return CONNECTION.contains(name) || RESPONSE_ONLY.contains(name) || nominated.contains(name);
    });
  }

  /** The names listed in {@code Connection}, in lower case. */
  public static Set<String> nominated(Fields fields) {
    List<String> values = fields.all("connection");
    if (values.isEmpty()) {
      return Set.of();
    }
    var names = new HashSet<String>();
    for (String value : values) {
      for (String name : value.split(",", -1)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /** Whether the field {@code name}, in lower case, tells who a client is or how it came. */
  public static boolean isProvenance(String name) {
    return name.startsWith("x-forwarded-") || PROVENANCE.contains(name);
  }

  private static String lower(Field line) {
    return line.name().toLowerCase(Locale.ROOT);
  }
}
