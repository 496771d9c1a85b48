package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.ClrType.Member;
import io.ccrelay.policy.expression.value.ClrException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles {@code target[index]}. */
final class Indexing {

  private Indexing() {}

  static Coded index(Node.Index node, Compiler compiler) {
    Coded target = compiler.compile(node.target());
    Code[] arguments = new Access(compiler).arguments(node.arguments());
    ClrType known = target.members();
    Member member = known == null ? null : known.index();
    if (arguments.length != 1 || (known != null && member == null)) {
      throw new Syntax(
          node.at(), "'" + (known == null ? "value" : known) + "' cannot be indexed so");
    }
    Code code = target.code();
    int at = node.at();
    return new Coded(
        frame -> {
          Object value = code.run(frame);
          @Nullable Object[] values = Access.run(frame, arguments);
          frame.at = at;
          return indexed(frame, value, values);
        },
        target.type() != null && target.type().rank() > 0
            ? target.type().item()
            : member == null ? null : itemOf(target, member));
  }

  private static @Nullable TypeRef itemOf(Coded target, Member member) {
    TypeRef type = target.type();
    boolean generic =
        type != null
            && (type.type() == Types.LIST || type.type() == Types.DICTIONARY)
            && !type.arguments().isEmpty();
    if (type != null && type.type() == Types.ARRAY) {
      return null;
    }
    return generic && type != null ? type.item() : Compiler.resultOf(member, List.of());
  }

  static @Nullable Object indexed(Frame frame, @Nullable Object value, @Nullable Object[] values) {
    if (value == null) {
      throw ClrException.nullReference();
    }
    Member member = Types.of(value).index();
    if (member == null) {
      throw Access.missing(value, "this[]");
    }
    return member.body().call(new Args(frame, value, values, List.of()));
  }
}
