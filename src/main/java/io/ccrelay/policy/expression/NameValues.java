package io.ccrelay.policy.expression;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A read-only dictionary of names to several values: header fields, query parameters, claims. Looks
 * up without copying; confined to one context.
 */
interface NameValues {

  /** The values of a name, {@code null} if there are none. */
  @Nullable List<String> get(String name);

  /** All names with their values, in the order of their first appearance. */
  Map<String, List<String>> all();

  /** Header fields; letter case of names is ignored. */
  static NameValues of(Fields fields) {
    return new Headers(fields);
  }

  /** The parameters of a query, with its question mark or not; letter case of names is ignored. */
  static NameValues query(String queryString) {
    var names = new LinkedHashMap<String, String>();
    var values = new LinkedHashMap<String, List<String>>();
    String query = queryString.startsWith("?") ? queryString.substring(1) : queryString;
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        String name = Escapes.formDecode(equals < 0 ? parameter : parameter.substring(0, equals));
        String value = equals < 0 ? "" : Escapes.formDecode(parameter.substring(equals + 1));
        String first = names.computeIfAbsent(name.toLowerCase(Locale.ROOT), lower -> name);
        values.computeIfAbsent(first, _ -> new ArrayList<>()).add(value);
      }
    }
    return new Several(values, true);
  }

  /** The claims of a token. */
  static NameValues of(Map<String, List<String>> values) {
    return new Several(values, false);
  }

  /** Header fields. */
  record Headers(Fields fields) implements NameValues {
    @Override
    public @Nullable List<String> get(String name) {
      List<String> values = fields.all(name);
      return values.isEmpty() ? null : values;
    }

    @Override
    public Map<String, List<String>> all() {
      var names = new LinkedHashMap<String, String>();
      var values = new LinkedHashMap<String, List<String>>();
      for (Field field : fields) {
        String first =
            names.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), lower -> field.name());
        values.computeIfAbsent(first, _ -> new ArrayList<>()).add(field.value());
      }
      return values;
    }
  }

  /** Values already grouped by name. */
  record Several(Map<String, List<String>> all, boolean ignoreCase) implements NameValues {
    @Override
    public @Nullable List<String> get(String name) {
      List<String> exact = all.get(name);
      if (exact != null || !ignoreCase) {
        return exact;
      }
      for (Map.Entry<String, List<String>> entry : all.entrySet()) {
        if (entry.getKey().equalsIgnoreCase(name)) {
          return entry.getValue();
        }
      }
      return null;
    }
  }
}
