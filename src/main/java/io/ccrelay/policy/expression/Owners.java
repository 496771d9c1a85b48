package io.ccrelay.policy.expression;

import org.jspecify.annotations.Nullable;

/** Tells chains of names that spell a type from those that begin with a value. */
final class Owners {

  private Owners() {}

  /** The type whose static member is meant, {@code null} if the target is a value. */
  static @Nullable ClrType owner(Node target, Compiler compiler) {
    String path = TypeNames.path(target);
    if (path == null
        || compiler.isContext(root(target))
        || compiler.scope.find(rootName(target)) != null) {
      return null;
    }
    ClrType type = TypeNames.spelled(target);
    if (type == null && !beginsWithType(target)) {
      throw unknown(target, path);
    }
    return type;
  }

  /** Whether the chain is a static member of an allowed type, or a member of one. */
  private static boolean beginsWithType(Node chain) {
    Node at = chain;
    while (at instanceof Node.Member member) {
      at = member.target();
      if (TypeNames.spelled(at) != null) {
        return true;
      }
    }
    return false;
  }

  private static Syntax unknown(Node target, String path) {
    int at = root(target).at();
    return Types.isWithoutTable(path) || Character.isUpperCase(path.charAt(0))
        ? TypeNames.refused(at, path)
        : new Syntax(at, "'" + path + "' is neither a local variable nor an allowed type");
  }

  private static Node root(Node node) {
    Node at = node;
    while (at instanceof Node.Member member) {
      at = member.target();
    }
    return at;
  }

  private static String rootName(Node node) {
    return root(node) instanceof Node.Name name ? name.name() : "";
  }
}
