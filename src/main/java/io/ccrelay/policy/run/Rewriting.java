package io.ccrelay.policy.run;

import io.ccrelay.policy.TransformPolicy.RewriteUri;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code rewrite-uri}: path and query that the backend gets. */
final class Rewriting {

  private static final Pattern PARAMETER = Pattern.compile("\\{\\*?([^{}]+)}");

  private Rewriting() {}

  static void apply(RewriteUri statement, Values values, Request request) {
    String template = filled(values.of(statement.template()), request.matchedParameters());
    boolean copy = values.of(statement.copyUnmatchedParams());
    int mark = template.indexOf('?');
    String path = mark < 0 ? template : template.substring(0, mark);
    Query own = Query.parse(mark < 0 ? "" : template.substring(mark));
    Query before = Query.parse(request.query());
    request.path(path.startsWith("/") ? path : "/" + path);
    request.query((copy ? own.plus(before.without(own.names()::contains)) : own).toString());
  }

  private static String filled(String template, Map<String, String> parameters) {
    Matcher matcher = PARAMETER.matcher(template);
    var filled = new StringBuilder();
    while (matcher.find()) {
      String value = parameters.getOrDefault(matcher.group(1), "");
      boolean many = matcher.group().startsWith("{*");
      String encoded = Query.encode(value);
      matcher.appendReplacement(
          filled, Matcher.quoteReplacement(many ? encoded.replace("%2F", "/") : encoded));
    }
    return matcher.appendTail(filled).toString();
  }
}
