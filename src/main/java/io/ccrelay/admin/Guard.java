package io.ccrelay.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the management listener.
 *
 * <p>With a token: who presents it as {@code Authorization: Bearer} (RFC 6750 section 2.1). Without
 * one, which is possible on loopback only: who asks for a loopback name in {@code Host}, so that a
 * page of the web cannot reach the listener by a name that it lets resolve to 127.0.0.1.
 *
 * <p>Immutable; safe for use from any context.
 */
final class Guard {

  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "::1", "0:0:0:0:0:0:0:1");
  private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(?:\\.\\d{1,3}){3}");

  private static final Pattern HOST =
      Pattern.compile("(?:\\[(?<six>[0-9a-fA-F:.]+)]|(?<name>[A-Za-z0-9.-]+))(?::[0-9]{1,5})?");

  /** Why a request is refused. */
  enum Refusal {
    /** No or another token. */
    TOKEN(401, "A valid bearer token is required."),
    /** A Host that is not of this machine. */
    HOST(403, "Without a token this listener answers to loopback names only."),
    /** A token that may look, but not change. */
    ROLE(403, "This token may look, but not change anything: role operate is required.");

    private final int status;
    private final String message;

    Refusal(int status, String message) {
      this.status = status;
      this.message = message;
    }

    /** The name in the audit log. */
    String token() {
      return "refused-" + name().toLowerCase(Locale.ROOT);
    }

    int status() {
      return status;
    }

    String message() {
      return message;
    }
  }

  private static final String UNKNOWN = "unknown";
  private static final Caller LOOPBACK = new Caller("loopback", Role.OPERATE);

  private final List<Holder> holders;
  private final String listenHost;

  private static final class Holder {
    private final byte[] digest;
    private final Caller caller;

    Holder(ManagementOptions.Token token) {
      this.digest = Guard.digest(token.secret());
      this.caller = new Caller(token.name(), token.role());
    }
  }

  /** What is decided about a request. */
  sealed interface Decision {
    /** It is {@code caller}'s. */
    record Admit(Caller caller) implements Decision {}

    /**
     * It is nobody's who may ask for that.
     *
     * @param caller who asks, as the audit log names it; {@code unknown} without a valid token
     */
    record Refuse(Refusal refusal, String caller) implements Decision {}
  }

  /**
   * A guard for {@code options}.
   *
   * @throws IllegalArgumentException if they open the listener to others without a token
   */
  Guard(ManagementOptions options) {
    this.holders = options.tokens().stream().map(Holder::new).toList();
    this.listenHost = options.host().toLowerCase(Locale.ROOT);
    if (holders.isEmpty() && !isLoopback(listenHost)) {
      throw new IllegalArgumentException(
          "management.token: empty, but management.listen is " + options.host() + ", not loopback");
    }
  }

  /** Decides a request with these fields, which wants to do what {@code needed} may do. */
  Decision decide(@Nullable String authorization, @Nullable String host, Role needed) {
    if (holders.isEmpty()) {
      return isOwnName(host)
          ? new Decision.Admit(LOOPBACK)
          : new Decision.Refuse(Refusal.HOST, UNKNOWN);
    }
    Optional<Caller> caller = holderOf(bearer(authorization));
    if (caller.isEmpty()) {
      return new Decision.Refuse(Refusal.TOKEN, UNKNOWN);
    }
    return caller.get().role().covers(needed)
        ? new Decision.Admit(caller.get())
        : new Decision.Refuse(Refusal.ROLE, caller.get().name());
  }

  /** Compares with every holder, so that the time does not tell which one it was. */
  private Optional<Caller> holderOf(String presented) {
    byte[] digest = digest(presented);
    Optional<Caller> found = Optional.empty();
    for (var holder : holders) {
      if (MessageDigest.isEqual(holder.digest, digest)) {
        found = Optional.of(holder.caller);
      }
    }
    return found;
  }

  private boolean isOwnName(@Nullable String host) {
    String name = nameOf(host);
    return isLoopback(name) || (!name.isEmpty() && name.equals(listenHost));
  }

  /** The host of a {@code Host} field value (RFC 9110 section 7.2), empty if it is not one. */
  private static String nameOf(@Nullable String host) {
    var matcher = HOST.matcher(host == null ? "" : host);
    if (!matcher.matches()) {
      return "";
    }
    String name = matcher.group("name") == null ? matcher.group("six") : matcher.group("name");
    return name.toLowerCase(Locale.ROOT);
  }

  static boolean isLoopback(String name) {
    return LOOPBACK_NAMES.contains(name) || LOOPBACK_ADDRESS.matcher(name).matches();
  }

  private static String bearer(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? authorization.substring(7).strip()
        : "";
  }

  /** Equal length whatever was presented, so that comparing tells nothing by its time. */
  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
