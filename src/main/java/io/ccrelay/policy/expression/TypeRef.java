package io.ccrelay.policy.expression;

import java.util.List;

/**
 * A type as resolved.
 *
 * @param type its table of members
 * @param arguments type arguments
 * @param rank 1 for an array, 2 for an array of arrays, ...
 * @param nullable whether a value type may be null
 */
record TypeRef(ClrType type, List<TypeRef> arguments, int rank, boolean nullable) {

  /** The table of members of a value of this type. */
  ClrType members() {
    return rank > 0 ? Types.ARRAY : type;
  }

  /** Whether it is the plain type of that name. */
  boolean is(String name) {
    return rank == 0 && type.name().equals(name);
  }

  /** The type of the items of an array, or the first type argument. */
  TypeRef item() {
    if (rank > 0) {
      return new TypeRef(type, arguments, rank - 1, false);
    }
    return arguments.isEmpty()
        ? new TypeRef(Types.OBJECT, List.of(), 0, false)
        : arguments.getLast();
  }

  @Override
  public String toString() {
    return type.name() + "[]".repeat(rank);
  }
}
