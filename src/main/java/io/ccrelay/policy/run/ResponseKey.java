package io.ccrelay.policy.run;

import io.ccrelay.policy.CachePolicy.Lookup;
import io.ccrelay.policy.Profile.QueryKey;
import io.ccrelay.policy.expression.PolicyContext.Group;
import io.ccrelay.policy.expression.PolicyContext.Product;
import io.ccrelay.policy.expression.PolicyContext.User;
import io.ccrelay.policy.expression.Url;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The readable key of a response: service, product, API with revision, operation, the backend's URL
 * as it stands when the look-up runs, and what the look-up varies by. A header that is absent and
 * one that is empty differ.
 */
final class ResponseKey {

  private ResponseKey() {}

  static String of(Lookup statement, Conversation conversation, Values values) {
    var key = new StringBuilder("v1|").append(conversation.deployment().serviceId());
    Product product = conversation.product();
    Url url = conversation.request().url();
    List<String> parts =
        List.of(
            product == null ? "" : product.id(),
            conversation.api().id() + ";rev=" + conversation.api().revision(),
            conversation.operation().id(),
            url.scheme(),
            url.host(),
            String.valueOf(url.port()),
            url.path());
    parts.forEach(part -> key.append('|').append(part.replace("|", "%7C")));
    query(statement, conversation, key);
    headers(statement, conversation, key);
    caller(statement, conversation.user(), values, key);
    content(conversation.request(), key);
    return key.toString();
  }

  /** Requests with content are equal if their content is. */
  private static void content(Request request, StringBuilder key) {
    Content body = request.body();
    if (request.method().equals("POST") && body != null) {
      key.append("&::body=").append(Keys.of("body", body.remaining().toUtf8()).hex());
    }
  }

  private static void query(Lookup statement, Conversation conversation, StringBuilder key) {
    var query = Query.parse(conversation.request().query());
    var wanted = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    statement.varyByQueryParameters().forEach(wanted::add);
    if (wanted.isEmpty() && conversation.profile().queryKey() == QueryKey.ALL) {
      wanted.addAll(query.names());
    } else {
      wanted.addAll(templateParameters(conversation));
    }
    for (String name : wanted) {
      List<String> values = query.values(name);
      if (!values.isEmpty()) {
        key.append('&').append(Query.encode(name.toLowerCase(Locale.ROOT))).append('=');
        key.append(values.stream().map(Query::encode).collect(Collectors.joining(",")));
      }
    }
  }

  /** Parameters that the operation's template has after its question mark. */
  private static Set<String> templateParameters(Conversation conversation) {
    String template = conversation.operation().urlTemplate();
    int mark = template.indexOf('?');
    return mark < 0 ? Set.of() : Query.parse(template.substring(mark)).names();
  }

  private static void headers(Lookup statement, Conversation conversation, StringBuilder key) {
    var wanted = new TreeMap<String, Boolean>(String.CASE_INSENSITIVE_ORDER);
    statement.varyByHeaders().forEach(name -> wanted.put(name, true));
    for (String name : wanted.keySet()) {
      key.append("&::").append(name.toLowerCase(Locale.ROOT));
      conversation
          .request()
          .headers()
          .joined(name)
          .ifPresent(value -> key.append('=').append(Query.encode(value)));
    }
  }

  private static void caller(
      Lookup statement,
      @org.jspecify.annotations.Nullable User user,
      Values values,
      StringBuilder key) {
    if (values.of(statement.varyByDeveloper())) {
      key.append("&::dev=").append(user == null ? "" : Query.encode(user.id()));
    }
    if (values.of(statement.varyByDeveloperGroups())) {
      Collection<Group> groups = user == null ? List.of() : user.groups();
      key.append("&::grp=")
          .append(
              groups.stream()
                  .map(Group::id)
                  .map(Query::encode)
                  .sorted()
                  .collect(Collectors.joining(",")));
    }
  }
}
