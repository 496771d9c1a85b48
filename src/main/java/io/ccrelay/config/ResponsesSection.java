package io.ccrelay.config;

import io.ccrelay.llm.ResponsesOptions;
import io.ccrelay.llm.ResponsesOptions.Rule;
import io.ccrelay.llm.ResponsesOptions.ScopeRule;
import io.ccrelay.llm.ResponsesOptions.UsageOnHit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code cache.responses}; every unknown key in it is an error. */
final class ResponsesSection {

  private static final ResponsesOptions DEFAULTS = ResponsesOptions.DEFAULTS;

  private static final Duration LONGEST = Duration.ofDays(3650);

  private static final long LARGEST_ENTRY = 1L << 30;

  /** A field name (RFC 9110 section 5.1). */
  private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** A JSON pointer (RFC 6901 section 3) to a part of the document. */
  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]|~[01])*)+");

  private static final String HEADER = "header:";

  private ResponsesSection() {}

  static ResponsesOptions read(Section responses) {
    var options =
        new ResponsesOptions(
            responses.flag("enabled", DEFAULTS.enabled()),
            ttl(responses, "ttl").orElse(DEFAULTS.ttl()),
            ttl(responses, "ttl_deterministic").orElse(DEFAULTS.ttlDeterministic()),
            ttl(responses, "max_ttl").orElse(DEFAULTS.maxTtl()),
            responses.flag("streaming", DEFAULTS.streaming()),
            scope(responses).orElse(DEFAULTS.scope()),
            responses.flag("coalesce", DEFAULTS.coalesce()),
            responses.duration(
                "coalesce_wait",
                DEFAULTS.coalesceWait(),
                Duration.ofMillis(1),
                Duration.ofMinutes(10)),
            window(responses, "stale_while_revalidate", DEFAULTS.staleWhileRevalidate()),
            window(responses, "stale_if_error", DEFAULTS.staleIfError()),
            responses.flag("tool_use", DEFAULTS.toolUse()),
            responses.size("max_entry_bytes", DEFAULTS.maxEntryBytes(), 1, LARGEST_ENTRY),
            responses.choice("usage_on_hit", DEFAULTS.usageOnHit(), usages()),
            responses.flag("finish_after_disconnect", DEFAULTS.finishAfterDisconnect()),
            ignored(responses),
            responses.sections("rules").stream().map(ResponsesSection::rule).toList());
    responses.finish(UnknownKeys.REFUSED);
    return options;
  }

  private static Rule rule(Section rule) {
    var read =
        new Rule(
            rule.text("path", ""),
            rule.text("model", ""),
            rule.text("header", ""),
            ttl(rule, "ttl"),
            rule.flag("streaming"),
            scope(rule),
            rule.flag("enabled"));
    rule.finish(UnknownKeys.REFUSED);
    return read;
  }

  /** A lifetime. In the contract of the store 0 means that an entry never expires. */
  private static Optional<Duration> ttl(Section section, String key) {
    var ttl = section.duration(key);
    if (ttl.filter(Duration::isZero).isPresent()) {
      section.problem(
          key,
          "is 0, which would mean that answers never expire"
              + " (expected: a positive time; to store nothing set enabled: false)");
      return Optional.empty();
    }
    if (ttl.filter(time -> time.isNegative() || time.compareTo(LONGEST) > 0).isPresent()) {
      section.problem(key, "must be positive and at most " + Durations.text(LONGEST));
      return Optional.empty();
    }
    return ttl;
  }

  private static Duration window(Section section, String key, Duration fallback) {
    return section.duration(key, fallback, Duration.ZERO, LONGEST);
  }

  private static Optional<ScopeRule> scope(Section section) {
    String text = section.text("scope", "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.equals("credential")) {
      return Optional.of(new ScopeRule.Credential());
    }
    if (text.equals("shared")) {
      return Optional.of(new ScopeRule.Shared());
    }
    String field = text.startsWith(HEADER) ? text.substring(HEADER.length()).strip() : "";
    if (FIELD_NAME.matcher(field).matches()) {
      return Optional.of(new ScopeRule.Header(field));
    }
    section.problem(
        "scope",
        "unknown value " + Shown.value(text) + " (expected: credential, shared or header:NAME)");
    return Optional.empty();
  }

  private static List<String> ignored(Section responses) {
    List<String> pointers = responses.texts("ignore");
    for (String pointer : pointers) {
      if (!POINTER.matcher(pointer).matches()) {
        responses.problem(
            "ignore", Shown.value(pointer) + " is not a JSON pointer such as /metadata/user_id");
      }
    }
    return pointers;
  }

  private static Map<String, UsageOnHit> usages() {
    var usages = new LinkedHashMap<String, UsageOnHit>();
    usages.put("verbatim", UsageOnHit.VERBATIM);
    usages.put("zero", UsageOnHit.ZERO);
    return usages;
  }
}
