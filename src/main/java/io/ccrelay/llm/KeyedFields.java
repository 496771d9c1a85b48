package io.ccrelay.llm;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fields and which part of the query enter a key: whatever is forwarded and might change the
 * answer. A name that is not known enters. Confined to one context, because it remembers names.
 *
 * <table>
 * <caption>What does not enter as it is</caption>
 * <tr><th>fields</th><th>why</th></tr>
 * <tr><td>{@code authorization}, {@code x-api-key}, {@code api-key}, {@code cookie} and other
 *     credentials; query {@code key}, {@code api-key}, {@code api_key}, {@code access_token}</td>
 *     <td>they are the {@link Scope}</td></tr>
 * <tr><td>{@code cache-control}, {@code pragma}, {@code x-cc-relay-*}, {@code
 *     x-openrouter-cache*}, {@code cf-aig-cache-*}, {@code cf-aig-skip-cache}, {@code
 *     cf-aig-metadata}, {@code x-portkey-cache-*}, {@code x-portkey-metadata}, {@code
 *     x-portkey-trace-id}, {@code helicone-cache-*}, {@code helicone-property-*}, {@code
 *     helicone-session-*}, {@code helicone-request-id}, {@code helicone-user-id}</td>
 *     <td>for caches and logs of gateways; what directs a gateway elsewhere enters, a namespace
 *     enters by itself</td></tr>
 * <tr><td>{@code connection} and what RFC 9110 section 7.6.1 names with it, {@code host}, {@code
 *     content-length}, {@code expect}, {@code via}, {@code forwarded}, {@code x-forwarded-*},
 *     {@code x-real-ip}, {@code cdn-loop}, {@code date}</td><td>of the way, not of the request</td></tr>
 * <tr><td>{@code user-agent}, {@code accept-language}, {@code accept-encoding}, {@code origin},
 *     {@code referer}, {@code dnt}, {@code priority}, {@code sec-*}</td>
 *     <td>of the client program; bodies are stored identity-coded</td></tr>
 * <tr><td>{@code x-stainless-*}, {@code x-claude-code-*}, {@code x-codex-*}, {@code session_id},
 *     {@code conversation_id}, {@code originator}, {@code idempotency-key}</td>
 *     <td>of the SDK, the session or the attempt; no service answers by them</td></tr>
 * <tr><td>{@code x-request-id}, {@code x-client-request-id}, {@code x-correlation-id}, {@code
 *     traceparent}, {@code tracestate}, {@code baggage}, {@code b3}, {@code x-b3-*}, {@code
 *     sentry-trace}, {@code x-datadog-*}, {@code x-amzn-trace-id}, {@code
 *     x-cloud-trace-context}</td><td>of tracing</td></tr>
 * <tr><td>{@code content-type} if it is JSON in UTF-8</td><td>the usual</td></tr>
 * <tr><td>{@code accept} if JSON or an event stream is acceptable</td>
 *     <td>{@code stream} decides the form</td></tr>
 * <tr><td>{@code anthropic-beta}, {@code openai-beta}</td><td>enter as sets</td></tr>
 * <tr><td>query {@code beta=true}</td>
 *     <td>older SDKs say so beside {@code anthropic-beta}</td></tr>
 * </table>
 */
public final class KeyedFields {

  private static final int REMEMBERED = 512;
  private static final int LONGEST_REMEMBERED = 64;

  private final Map<String, FieldRule> rules = new HashMap<>();

  /** The lines that enter the key: names in lower case, ordered by name. */
  public Fields of(Fields request) {
    List<Field> keyed = new ArrayList<>(4);
    for (Field line : request) {
      FieldRule rule = rule(line.name());
      if (rule != FieldRule.IGNORED && rule.keeps(line.value())) {
        keyed.add(new Field(line.name().toLowerCase(Locale.ROOT), line.value()));
      }
    }
    if (keyed.size() > 1) {
      keyed.sort(Comparator.comparing(Field::name));
    }
    return Fields.of(setsJoined(keyed));
  }

  /** The part of a query that enters the key, parameters as they stand and in their order. */
  public static String query(String rawQuery) {
    if (rawQuery.isEmpty() || rawQuery.equals("beta=true")) {
      return "";
    }
    var keyed = new StringBuilder();
    for (String parameter : rawQuery.split("&", -1)) {
      if (!parameter.equals("beta=true") && !Credentials.isParameter(parameter)) {
        keyed.append(keyed.isEmpty() ? "" : "&").append(parameter);
      }
    }
    return keyed.toString();
  }

  private FieldRule rule(String name) {
    FieldRule rule = rules.get(name);
    if (rule == null) {
      rule = FieldRule.of(name.toLowerCase(Locale.ROOT));
      if (rules.size() < REMEMBERED && name.length() <= LONGEST_REMEMBERED) {
        rules.put(name, rule);
      }
    }
    return rule;
  }

  /** Lines of a name that holds a set become one line with its members in order. */
  private List<Field> setsJoined(List<Field> keyed) {
    List<Field> joined = new ArrayList<>(keyed.size());
    for (int i = 0; i < keyed.size(); i++) {
      String name = keyed.get(i).name();
      if (rule(name) != FieldRule.SET) {
        joined.add(keyed.get(i));
        continue;
      }
      var members = new TreeSet<String>();
      addMembers(keyed.get(i).value(), members);
      while (i + 1 < keyed.size() && keyed.get(i + 1).name().equals(name)) {
        addMembers(keyed.get(++i).value(), members);
      }
      if (!members.isEmpty()) {
        joined.add(new Field(name, String.join(",", members)));
      }
    }
    return joined;
  }

  private static void addMembers(String value, Set<String> members) {
    for (String member : value.split(",", -1)) {
      String stripped = member.strip();
      if (!stripped.isEmpty()) {
        members.add(stripped);
      }
    }
  }
}
