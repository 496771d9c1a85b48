package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.ClrType.Member;
import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles {@code new}. */
final class Creation {

  private final Compiler compiler;

  Creation(Compiler compiler) {
    this.compiler = compiler;
  }

  Coded object(Node.New node) {
    TypeRef type = TypeNames.resolve(node.type());
    Member constructor = type.type().constructor();
    Code[] arguments = new Access(compiler).arguments(node.arguments());
    if (constructor == null || !constructor.takes(arguments.length)) {
      throw new Syntax(
          node.at(),
          "type '" + type + "' has no constructor of " + arguments.length + " arguments");
    }
    List<Fill> fills = node.items() == null ? List.of() : fills(node, type, node.items());
    int at = node.at();
    return new Coded(
        frame -> {
          @Nullable Object[] values = Access.run(frame, arguments);
          frame.at = at;
          frame.budget.step();
          frame.budget.allocate(32);
          Object made = constructor.body().call(new Args(frame, null, values, type.arguments()));
          for (Fill fill : fills) {
            fill.run(frame, made);
          }
          return made;
        },
        type);
  }

  /** Puts one item of an initialiser into what was made. */
  @FunctionalInterface
  private interface Fill {
    void run(Frame frame, @Nullable Object made);
  }

  private List<Fill> fills(Node.New node, TypeRef type, List<Node.Item> items) {
    var fills = new ArrayList<Fill>();
    for (Node.Item item : items) {
      fills.add(fill(node.at(), type, item));
    }
    return fills;
  }

  private Fill fill(int at, TypeRef type, Node.Item item) {
    if (item.member() != null) {
      Member setter = type.type().setter(item.member());
      return filled(
          at, type, setter, item.values().stream().map(compiler::code).toArray(Code[]::new));
    }
    var codes = new ArrayList<Code>(List.of(new Access(compiler).arguments(item.arguments())));
    for (Node value : item.values()) {
      codes.add(converted(compiler.code(value), type, codes.size()));
    }
    Member member =
        item.arguments().isEmpty() ? type.type().method("Add") : type.type().indexSetter();
    return filled(at, type, member, codes.toArray(new Code[0]));
  }

  /** The item converted to the type argument that it stands for, if that is a number's. */
  private static Code converted(Code code, TypeRef type, int index) {
    if (type.arguments().size() <= index) {
      return code;
    }
    TypeRef item = type.arguments().get(index);
    boolean widens = item.rank() == 0 && Defaults.isValueType(item.type());
    return widens ? frame -> Casts.assign(code.run(frame), item) : code;
  }

  private static Fill filled(int at, TypeRef type, @Nullable Member member, Code[] codes) {
    if (member == null || !member.takes(codes.length)) {
      throw new Syntax(at, "type '" + type + "' cannot be initialised so");
    }
    return (frame, made) -> {
      @Nullable Object[] values = Access.run(frame, codes);
      frame.budget.step();
      var _ = member.body().call(new Args(frame, made, values, List.of()));
    };
  }

  Coded array(Node.NewArray node) {
    TypeRef element = node.element() == null ? null : TypeNames.resolve(node.element());
    boolean ofBytes = element != null && element.is("byte");
    TypeRef type =
        element == null
            ? Casts.plain(Types.ARRAY)
            : new TypeRef(element.type(), element.arguments(), element.rank() + 1, false);
    if (node.items() == null) {
      return new Coded(sized(node, element, ofBytes), type);
    }
    Code[] items = node.items().stream().map(compiler::code).toArray(Code[]::new);
    return new Coded(
        frame -> {
          frame.budget.allocate(8L * items.length);
          List<@Nullable Object> values = new ArrayList<>();
          Collections.addAll(values, Access.run(frame, items));
          if (element != null) {
            values.replaceAll(value -> Casts.assign(value, element));
          }
          return Sequence.array(values, ofBytes);
        },
        type);
  }

  private Code sized(Node.NewArray node, @Nullable TypeRef element, boolean ofBytes) {
    Code size = node.size() == null ? frame -> 0 : compiler.code(node.size());
    Object initial = element == null ? null : Casts.defaultOf(element);
    return frame -> {
      if (!(size.run(frame) instanceof Integer length) || length < 0) {
        throw new ClrException(
            "OverflowException", "Arithmetic operation resulted in an overflow.");
      }
      frame.budget.allocate(8L * length);
      if (ofBytes) {
        return new byte[length];
      }
      @Nullable Object[] array = new @Nullable Object[length];
      Arrays.fill(array, initial);
      return array;
    };
  }

  Coded anonymous(Node.NewAnonymous node) {
    Code[] codes = node.values().stream().map(compiler::code).toArray(Code[]::new);
    List<String> names = node.names();
    return Coded.of(
        frame -> {
          frame.budget.allocate(64L * codes.length);
          Map<String, @Nullable Object> members = new LinkedHashMap<>();
          for (int i = 0; i < codes.length; i++) {
            members.put(names.get(i), codes[i].run(frame));
          }
          return new Anonymous(members);
        },
        Types.ANONYMOUS);
  }
}
