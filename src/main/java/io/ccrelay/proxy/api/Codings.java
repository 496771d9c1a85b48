package io.ccrelay.proxy.api;

import io.ccrelay.http.Fields;
import io.ccrelay.http.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps encoded responses from clients that did not ask for the coding, where the origin forgot to
 * say that it chose by {@code Accept-Encoding}. Stricter than RFC 9110 section 12.5.3, by which the
 * absence of the field accepts everything. Safe for use from any context.
 */
final class Codings {

  private Codings() {}

  /** Those of {@code held} that {@code request} may get. */
  static List<Held> acceptable(List<Held> held, Fields request) {
    return held.stream().allMatch(one -> isAcceptable(one.variant(), request))
        ? held
        : held.stream().filter(one -> isAcceptable(one.variant(), request)).toList();
  }

  /** Whether {@code variant} is encoded without saying that the request had a part in that. */
  static boolean isUnannounced(Variant variant) {
    return variant.response().fields().has("Content-Encoding")
        && !variant.vary().names().contains("accept-encoding");
  }

  private static boolean isAcceptable(Variant variant, Fields request) {
    if (!isUnannounced(variant)) {
      return true;
    }
    Optional<String> coding = variant.response().fields().joined("Content-Encoding");
    List<String> accepted =
        request.joined("Accept-Encoding").map(Codings::members).orElse(List.of());
    return members(coding.orElse("")).stream()
        .allMatch(
            one -> one.equals("identity") || accepted.contains(one) || accepted.contains("*"));
  }

  /** Names of the members with a weight above zero. */
  private static List<String> members(String list) {
    return Arrays.stream(list.toLowerCase(Locale.ROOT).split(",", -1))
        .map(member -> member.replaceAll("\\s", ""))
        .filter(member -> !member.matches(".*;q=0(\\.0*)?"))
        .map(member -> member.split(";", 2)[0])
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
