package io.ccrelay.policy.expression.value;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of basic authentication (RFC 7617).
 *
 * @param userId name of the user
 * @param password the password
 */
public record Basic(String userId, String password) {

  private static final String SCHEME = "Basic ";

  /** Reads the value of an {@code Authorization} field; {@code null} if it is of another scheme. */
  public static @Nullable Basic read(String text) {
    String value = text.strip();
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(value.substring(SCHEME.length()).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? null : new Basic(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "Basic";
  }
}
