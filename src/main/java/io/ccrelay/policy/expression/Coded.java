package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/**
 * A compiled expression with what is known of its type.
 *
 * @param code what computes it
 * @param type its static type, {@code null} if that is not known
 */
record Coded(Code code, @Nullable TypeRef type) {

  static Coded of(Code code, ClrType type) {
    return new Coded(code, Casts.plain(type));
  }

  boolean isText() {
    return type != null && type.rank() == 0 && type.type() == Types.STRING;
  }

  /** Whether the static type is {@code object}, so that a cast only unboxes. */
  boolean isBoxed() {
    return type != null && type.rank() == 0 && type.type() == Types.OBJECT;
  }

  /** The table that members must be in, {@code null} if that is decided by the value. */
  @Nullable ClrType members() {
    return type == null || isBoxed() || type.type() == Types.ANONYMOUS ? null : type.members();
  }
}
