package io.ccrelay.proxy.api;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Hop;
import io.ccrelay.upstream.RelaySecrets;
import java.util.Locale;
import java.util.Set;

/**
 * Which field lines a backend gets. Everything end-to-end passes untouched and in order, but for
 * what a backend would believe of the relay alone: who the client is and how it came is said anew,
 * and fields that make some frameworks read another target or method than the relay did are left
 * out, because answers are stored under the target the relay read.
 */
public final class ForwardedFields {

  /** The name this relay goes by in {@code Via} and {@code Cache-Status}. */
  public static final String NAME = "cc-relay";

  private static final Set<String> FRAMING =
      Set.of("content-length", "expect", "host", "http2-settings", "proxy-authorization");

  private static final Set<String> OVERRIDES =
      Set.of(
          "x-original-url",
          "x-rewrite-url",
          "x-http-method",
          "x-http-method-override",
          "x-method-override");

  private ForwardedFields() {}

  /**
   * The lines for a backend.
   *
   * @param client the end-to-end lines of the client
   * @param secrets what opens this relay and goes nowhere
   * @param peer address of the client
   * @param scheme scheme the client used
   * @param host the client's {@code Host} if backends are to know it, else empty
   */
  public static Fields of(
      Fields client, RelaySecrets secrets, String peer, String scheme, String host) {
    var fields =
        client
            .without(line -> isLeftOut(line.name().toLowerCase(Locale.ROOT)) || secrets.in(line))
            .plus("X-Forwarded-For", peer);
    return host.isEmpty()
        ? fields
        : fields
            .plus("X-Forwarded-Host", host)
            .plus("X-Forwarded-Proto", scheme)
            .plus("Host", host);
  }

  /** {@code fields} with the mark of this relay (RFC 9110 section 7.6.3). */
  public static Fields via(Fields fields) {
    return fields.plus("Via", "1.1 " + NAME);
  }

  private static boolean isLeftOut(String name) {
    return FRAMING.contains(name) || OVERRIDES.contains(name) || isProvenance(name);
  }

  /** {@code Via} is a chain to which every hop adds; the others are claims about the client. */
  private static boolean isProvenance(String name) {
    return !name.equals("via") && Hop.isProvenance(name);
  }
}
