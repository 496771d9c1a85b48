package io.ccrelay.policy.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An anonymous object; its members are found by name, not in a table. */
record Anonymous(Map<String, @Nullable Object> members) {

  @Override
  public String toString() {
    var out = new StringBuilder("{ ");
    members.forEach((name, value) ->
        out.append(out.length() > 2 ? ", " : "")
            .append(name)
            .append(" = ")
            .append(Texts.of(value)));
    return out.append(" }").toString();
  }
}
