package io.ccrelay.proxy;

import io.ccrelay.http.Fields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask: the rules of {@code server.auth}. Secrets are kept and compared as SHA-256 digests
 * in constant time. Safe for use from any context.
 *
 * <p>Nothing configured lets everybody in, and so does a bearer secret while bearers are not
 * accepted. When bearers and keys are both accepted the bearer is tried first, and who fails both
 * is told about the key. All of this is as in the original cc-relay; unlike there, {@code Bearer}
 * must be followed by a blank.
 */
public final class Access {

  private static final String SCHEME = "Bearer";

  private final boolean bearer;
  private final byte @Nullable [] apiKey;
  private final byte @Nullable [] bearerSecret;

  /** The answer to {@link #decide}. */
  public sealed interface Decision {}

  /** The request may be served. */
  public record Granted() implements Decision {}

  /**
   * The request is answered with 401.
   *
   * @param message the sentence for the error body
   */
  public record Denied(String message) implements Decision {}

  private static final Granted GRANTED = new Granted();

  private Access(ServerOptions.Auth auth) {
    this.bearer = auth.bearer();
    this.apiKey = auth.apiKey().isEmpty() ? null : digest(auth.apiKey());
    this.bearerSecret = auth.bearerSecret().isEmpty() ? null : digest(auth.bearerSecret());
  }

  /** The rules of {@code auth}. */
  public static Access of(ServerOptions.Auth auth) {
    return new Access(auth);
  }

  /** Whether a credential is asked for at all. */
  public boolean isOpen() {
    return !bearer && apiKey == null;
  }

  /** Whether {@code credential} is a secret of the relay, which must go to no service. */
  public boolean owns(String credential) {
    byte[] digest = digest(credential);
    return matches(apiKey, digest) || matches(bearerSecret, digest);
  }

  /** Decides about a request with {@code fields}. */
  public Decision decide(Fields fields) {
    if (isOpen()) {
      return GRANTED;
    }
    if (!bearer) {
      return byKey(fields);
    }
    Decision byBearer = byBearer(fields);
    return apiKey == null || byBearer instanceof Granted ? byBearer : byKey(fields);
  }

  private Decision byBearer(Fields fields) {
    Optional<String> authorization = fields.first("authorization").filter(it -> !it.isEmpty());
    if (authorization.isEmpty()) {
      return new Denied("missing authorization header");
    }
    String token = token(authorization.get());
    if (token.isEmpty()) {
      return new Denied("invalid authorization scheme");
    }
    return bearerSecret == null || matches(bearerSecret, digest(token))
        ? GRANTED
        : new Denied("invalid bearer token");
  }

  /** The token of a bearer credential, empty if it is none (RFC 6750 section 2.1). */
  private static String token(String authorization) {
    int blank = SCHEME.length();
    boolean isBearer =
        authorization.length() > blank
            && authorization.regionMatches(true, 0, SCHEME, 0, blank)
            && authorization.charAt(blank) == ' ';
    return isBearer ? authorization.substring(blank).strip() : "";
  }

  private Decision byKey(Fields fields) {
    Optional<String> key = fields.first("x-api-key").filter(it -> !it.isEmpty());
    if (key.isEmpty()) {
      return new Denied("missing x-api-key header");
    }
    return matches(apiKey, digest(key.get())) ? GRANTED : new Denied("invalid x-api-key");
  }

  private static boolean matches(byte @Nullable [] expected, byte[] digest) {
    return expected != null && MessageDigest.isEqual(expected, digest);
  }

  private static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Access(***)";
  }
}
