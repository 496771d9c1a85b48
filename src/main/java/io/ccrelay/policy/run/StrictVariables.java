package io.ccrelay.policy.run;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Variables of which one that was never set is an error, as for a .NET dictionary. */
final class StrictVariables extends LinkedHashMap<String, @Nullable Object> {

  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Object get(Object name) {
    if (!containsKey(name)) {
      throw new ClrException(
          "KeyNotFoundException",
          "The given key '" + name + "' was not present in the dictionary.");
    }
    return super.get(name);
  }
}
