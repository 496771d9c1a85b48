package io.ccrelay.policy.expression;

import java.util.List;

/**
 * A type as written.
 *
 * @param at index in the source
 * @param name its name, qualified or not
 * @param arguments its type arguments
 * @param rank 1 for an array, 2 for an array of arrays, ...
 * @param nullable whether a question mark follows
 */
record TypeName(int at, String name, List<TypeName> arguments, int rank, boolean nullable) {

  TypeName asArray() {
    return new TypeName(at, name, arguments, rank + 1, nullable);
  }
}
