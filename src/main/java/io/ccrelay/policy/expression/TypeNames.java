package io.ccrelay.policy.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolves names of types against the allow-list. */
final class TypeNames {

  private TypeNames() {}

  static TypeRef resolve(TypeName name) {
    ClrType type = Types.named(name.name());
    if (type == null) {
      throw refused(name.at(), name.name());
    }
    if (name.name().endsWith("Nullable") && name.arguments().size() == 1) {
      TypeRef inner = resolve(name.arguments().getFirst());
      return new TypeRef(inner.type(), inner.arguments(), name.rank(), true);
    }
    List<TypeRef> arguments = name.arguments().stream().map(TypeNames::resolve).toList();
    return new TypeRef(type, arguments, name.rank(), name.nullable());
  }

  /** The type that a chain of names spells, {@code null} if it spells none. */
  static @Nullable ClrType spelled(Node node) {
    String name = path(node);
    return name == null ? null : Types.named(name);
  }

  /** {@code a.b.c} as text, {@code null} if the node is anything else. */
  static @Nullable String path(Node node) {
    return switch (node) {
      case Node.Name name -> name.name();
      case Node.Member member -> {
        String before = path(member.target());
        yield before == null ? null : before + "." + member.name();
      }
      default -> null;
    };
  }

  static Syntax refused(int at, String name) {
    return new Syntax(
        at,
        Types.isWithoutTable(name)
            ? "type '" + name + "' is not supported"
            : "type '" + name + "' is not allowed in policy expressions");
  }
}
