package io.ccrelay.launch;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The last door of the log: whatever was logged, no configured secret and nothing that looks like a
 * credential leaves. The first door is that nobody logs one. Safe for use from any thread.
 */
public final class Redaction {

  private static final String MASK = "***";
  private static final int SHORTEST_SECRET = 6;

  /** Vendor prefixes of keys, bearer tokens and key fields, each with what follows. */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "\\bsk-[A-Za-z0-9_-]{8,}+"
              + "|(?<=\\b(?:bearer|basic) )[A-Za-z0-9._~+/=-]{8,}+"
              + "|(?<=\\b(?:x-api-key|api-key|api_key|apikey)[=:] ?)[^\\s&\",]{4,}+",
          Pattern.CASE_INSENSITIVE);

  private static final String[] HINTS = {
    "sk-", "bearer ", "basic ", "api-key", "api_key", "apikey"
  };

  private static volatile List<String> secrets = List.of();

  private Redaction() {}

  /** From now on {@code configured} secrets are masked; those too short to be meant are not. */
  public static void protect(Collection<String> configured) {
    secrets =
        configured.stream()
            .filter(secret -> secret.length() >= SHORTEST_SECRET)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** {@code line} without secrets. */
  public static String apply(String line) {
    String masked = line;
    for (String secret : secrets) {
      if (masked.contains(secret)) {
        masked = masked.replace(secret, MASK);
      }
    }
    return maySpeakOfCredentials(masked) ? CREDENTIAL.matcher(masked).replaceAll(MASK) : masked;
  }

  /** Spares most lines the regular expression. */
  private static boolean maySpeakOfCredentials(String line) {
    String lower = line.toLowerCase(Locale.ROOT);
    for (String hint : HINTS) {
      if (lower.contains(hint)) {
        return true;
      }
    }
    return false;
  }
}
