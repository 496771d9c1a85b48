package io.ccrelay.llm;

import io.ccrelay.http.Field;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/** Where a request may carry a credential. */
final class Credentials {

  private static final Set<String> FIELDS =
      Set.of(
          "api-key",
          "authorization",
          "cf-aig-authorization",
          "cookie",
          "helicone-auth",
          "proxy-authorization",
          "x-api-key",
          "x-auth-token",
          "x-goog-api-key",
          "x-litellm-api-key",
          "x-portkey-api-key");

  private static final Set<String> PARAMETERS = Set.of("access_token", "api-key", "api_key", "key");

  private Credentials() {}

  /** Whether the field {@code name} carries one. */
  static boolean isCredential(String name) {
    int length = name.length();
    return length >= 6 && length <= 20 && FIELDS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The name of the place that the field {@code name} is. */
  static String place(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Adds the credentials of a query, as they stand in it, in order. */
  static void ofQuery(String rawQuery, Collection<Field> credentials) {
    if (rawQuery.isEmpty()) {
      return;
    }
    for (String parameter : rawQuery.split("&", -1)) {
      if (isParameter(parameter)) {
        int equal = parameter.indexOf('=');
        credentials.add(new Field("?" + name(parameter), parameter.substring(equal + 1)));
      }
    }
  }

  /** Whether a parameter of a query, {@code name=value} as it stands, carries one. */
  static boolean isParameter(String parameter) {
    return parameter.indexOf('=') > 0 && PARAMETERS.contains(name(parameter));
  }

  private static String name(String parameter) {
    String raw = parameter.substring(0, parameter.indexOf('='));
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return raw;
    }
  }
}
