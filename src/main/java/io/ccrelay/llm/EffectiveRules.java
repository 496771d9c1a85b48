package io.ccrelay.llm;

import io.ccrelay.http.Fields;
import io.ccrelay.llm.ResponsesOptions.Rule;

/** Applies {@code cache.responses.rules}: of the rules that match a request the first counts. */
public final class EffectiveRules {

  private EffectiveRules() {}

  /** The options that hold for a request. */
  public static ResponsesOptions of(
      ResponsesOptions options, String path, String model, Fields fields) {
    for (Rule rule : options.rules()) {
      if (matches(rule, path, model, fields)) {
        return applied(options, rule);
      }
    }
    return options;
  }

  private static boolean matches(Rule rule, String path, String model, Fields fields) {
    return (rule.path().isEmpty() || glob(rule.path(), path))
        && (rule.model().isEmpty() || glob(rule.model(), model))
        && (rule.header().isEmpty() || headerMatches(rule.header(), fields));
  }

  private static boolean headerMatches(String header, Fields fields) {
    int colon = header.indexOf(':');
    if (colon < 0) {
      return fields.has(header.strip());
    }
    String wanted = header.substring(colon + 1).strip();
    return fields.all(header.substring(0, colon).strip()).stream()
        .anyMatch(value -> glob(wanted, value));
  }

  private static ResponsesOptions applied(ResponsesOptions options, Rule rule) {
    return new ResponsesOptions(
        rule.enabled().orElse(options.enabled()),
        rule.ttl().orElse(options.ttl()),
        rule.ttl().orElse(options.ttlDeterministic()),
        options.maxTtl(),
        rule.streaming().orElse(options.streaming()),
        rule.scope().orElse(options.scope()),
        options.coalesce(),
        options.coalesceWait(),
        options.staleWhileRevalidate(),
        options.staleIfError(),
        options.toolUse(),
        options.maxEntryBytes(),
        options.usageOnHit(),
        options.finishAfterDisconnect(),
        options.ignore(),
        options.rules());
  }

  /**
   * Whether {@code text} fits {@code pattern}, in which {@code *} stands for any characters and
   * {@code ?} for one. Linear but for the product with the number of stars.
   */
  static boolean glob(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int mark = 0;
    while (t < text.length()) {
      if (p < pattern.length()
          && pattern.charAt(p) != '*'
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }
}
