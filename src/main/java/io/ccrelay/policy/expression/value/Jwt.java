package io.ccrelay.policy.expression.value;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a JSON Web Token (RFC 7519). Its signature is not checked here: only what {@code
 * validate-jwt} let through may be trusted.
 *
 * @param algorithm {@code alg} of the header
 * @param type {@code typ} of the header
 * @param claims the claims by name, each with its values as text
 */
public record Jwt(String algorithm, String type, Map<String, List<String>> claims) {

  private static final String BEARER = "Bearer ";

  /** Reads a token in compact form, after {@code Bearer} or not; {@code null} if it is none. */
  public static @Nullable Jwt read(String text) {
    String token = text.strip();
    if (token.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      token = token.substring(BEARER.length()).strip();
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    JObject header = json(parts[0]);
    JObject claims = json(parts[1]);
    return header == null || claims == null
        ? null
        : new Jwt(text(header, "alg"), text(header, "typ"), values(claims));
  }

  private static @Nullable JObject json(String part) {
    try {
      var json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
      return new JsonReader(json).document() instanceof JObject object ? object : null;
    } catch (IllegalArgumentException | ClrException none) {
      return null;
    }
  }

  private static String text(JObject object, String name) {
    JToken value = object.get(name);
    return value == null ? "" : value.toString();
  }

  private static Map<String, List<String>> values(JObject claims) {
    var values = new LinkedHashMap<String, List<String>>();
    for (JProperty claim : claims.properties()) {
      var texts = new ArrayList<String>();
      if (claim.value() instanceof JArray array) {
        array.items().forEach(item -> texts.add(claimText(item)));
      } else {
        texts.add(claimText(claim.value()));
      }
      values.put(claim.name(), List.copyOf(texts));
    }
    return values;
  }

  private static String claimText(JToken token) {
    return switch (token) {
      case JValue value when value.value() instanceof Boolean truth -> truth.toString();
      case JValue value when value.value() instanceof DateTime date -> date.toIso();
      case JValue value -> value.toString();
      default -> token.toJson(false);
    };
  }

  /** The first value of a claim, empty if there is none. */
  public String first(String claim) {
    List<String> values = claims.getOrDefault(claim, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  /** The moment of a claim in seconds since 1970 (RFC 7519 section 2). */
  public @Nullable DateTime date(String claim) {
    try {
      return first(claim).isEmpty()
          ? null
          : DateTime.of(Instant.ofEpochSecond((long) Double.parseDouble(first(claim))));
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /** Without the claims. */
  @Override
  public String toString() {
    return "Jwt";
  }
}
