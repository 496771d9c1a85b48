package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.ClrType.Member;
import io.ccrelay.policy.expression.value.ClrException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles assignments to variables, members and indexes. */
final class Assignment {

  private final Compiler compiler;

  Assignment(Compiler compiler) {
    this.compiler = compiler;
  }

  /** Where a value goes and where it came from. */
  private interface Place {
    /** What names the place, evaluated once. */
    @Nullable Object[] locate(Frame frame);

    @Nullable Object get(Frame frame, @Nullable Object[] where);

    void set(Frame frame, @Nullable Object[] where, @Nullable Object value);
  }

  Coded assign(Node.Assign node) {
    if (node.operator().isEmpty() && node.target() instanceof Node.Name name) {
      return local(name, compiler.compile(node.value()));
    }
    Coded target = node.operator().isEmpty() ? null : compiler.compile(node.target());
    Place place = place(node.target());
    Code value = compiler.code(node.value());
    String operator = node.operator();
    boolean texts = target != null && target.isText();
    int at = node.at();
    return new Coded(
        frame -> {
          @Nullable Object[] where = place.locate(frame);
          Object old = operator.isEmpty() ? null : place.get(frame, where);
          if (operator.equals("??") && old != null) {
            return old;
          }
          Object given = value.run(frame);
          frame.at = at;
          Object result = combined(operator, old, given, texts, frame);
          place.set(frame, where, result);
          return result;
        },
        target == null ? null : target.type());
  }

  private static @Nullable Object combined(
      String operator, @Nullable Object old, @Nullable Object given, boolean texts, Frame frame) {
    return switch (operator) {
      case "", "??" -> given;
      case "<<" -> Operators.shift(true, old, given);
      case "+" ->
          texts
              ? frame.made(Texts.of(old, frame).concat(Texts.of(given, frame)))
              : Concatenation.plus(old, given, frame);
      default -> Operators.apply(operator.charAt(0), old, given);
    };
  }

  private Coded local(Node.Name name, Coded value) {
    Scope.Local local = found(name);
    int slot = local.slot();
    Code code = fitting(value.code(), local);
    return new Coded(frame -> frame.slots[slot] = code.run(frame), local.type());
  }

  private Scope.Local found(Node.Name name) {
    Scope.Local local = compiler.scope.find(name.name());
    if (local == null) {
      throw new Syntax(name.at(), "'" + name.name() + "' is not a local variable");
    }
    return local;
  }

  /** The value as the variable holds it. */
  static Code fitting(Code code, Scope.Local local) {
    TypeRef type = local.type();
    if (type == null || type.type() == Types.OBJECT) {
      return code;
    }
    if (local.declared()) {
      return frame -> Casts.assign(code.run(frame), type);
    }
    boolean wide = type.is("long") || type.is("double") || type.is("decimal");
    return wide ? frame -> widened(code.run(frame), type) : code;
  }

  private static @Nullable Object widened(@Nullable Object value, TypeRef type) {
    return value instanceof Integer || value instanceof Long ? Casts.assign(value, type) : value;
  }

  private Place place(Node target) {
    return switch (target) {
      case Node.Name name -> new LocalPlace(found(name));
      case Node.Member member ->
          new MemberPlace(compiler.code(member.target()), member.name(), member.at());
      case Node.Index index -> indexPlace(index);
      default -> throw new Syntax(target.at(), "this cannot be assigned to");
    };
  }

  private Place indexPlace(Node.Index node) {
    Code target = compiler.code(node.target());
    Code[] arguments = new Access(compiler).arguments(node.arguments());
    if (arguments.length != 1) {
      throw new Syntax(node.at(), "only one index is supported");
    }
    return new IndexPlace(target, arguments[0], node.at());
  }

  Coded step(Node.Step node) {
    Coded target = compiler.compile(node.target());
    Place place = place(node.target());
    Object by = node.by();
    boolean before = node.before();
    int at = node.at();
    return new Coded(
        frame -> {
          @Nullable Object[] where = place.locate(frame);
          Object old = place.get(frame, where);
          frame.at = at;
          Object result = Operators.apply('+', old, by);
          place.set(frame, where, result);
          return before ? result : old;
        },
        target.type());
  }

  private record LocalPlace(Scope.Local local) implements Place {
    @Override
    public @Nullable Object[] locate(Frame frame) {
      return Args.NONE;
    }

    @Override
    public @Nullable Object get(Frame frame, @Nullable Object[] where) {
      return frame.slots[local.slot()];
    }

    @Override
    public void set(Frame frame, @Nullable Object[] where, @Nullable Object value) {
      TypeRef type = local.type();
      boolean converts = type != null && local.declared();
      frame.slots[local.slot()] = converts && type != null ? Casts.cast(value, type, false) : value;
    }
  }

  private record MemberPlace(Code target, String name, int at) implements Place {
    @Override
    public @Nullable Object[] locate(Frame frame) {
      return new @Nullable Object[] {target.run(frame)};
    }

    @Override
    public @Nullable Object get(Frame frame, @Nullable Object[] where) {
      Object value = some(where[0]);
      Member member = Types.of(value).property(name);
      if (member == null) {
        throw Access.missing(value, name);
      }
      return member.body().call(new Args(frame, value, Args.NONE, List.of()));
    }

    @Override
    public void set(Frame frame, @Nullable Object[] where, @Nullable Object value) {
      Object owner = some(where[0]);
      frame.at = at;
      Member member = Types.of(owner).setter(name);
      if (member == null) {
        throw Access.missing(owner, name + " { set; }");
      }
      var _ = member.body().call(new Args(frame, owner, new @Nullable Object[] {value}, List.of()));
    }
  }

  private record IndexPlace(Code target, Code index, int at) implements Place {
    @Override
    public @Nullable Object[] locate(Frame frame) {
      Object owner = target.run(frame);
      return new @Nullable Object[] {owner, index.run(frame)};
    }

    @Override
    public @Nullable Object get(Frame frame, @Nullable Object[] where) {
      return Indexing.indexed(frame, where[0], new @Nullable Object[] {where[1]});
    }

    @Override
    public void set(Frame frame, @Nullable Object[] where, @Nullable Object value) {
      Object owner = some(where[0]);
      frame.at = at;
      frame.budget.step();
      Member member = Types.of(owner).indexSetter();
      if (member == null) {
        throw Access.missing(owner, "this[] { set; }");
      }
      var _ =
          member
              .body()
              .call(new Args(frame, owner, new @Nullable Object[] {where[1], value}, List.of()));
    }
  }

  private static Object some(@Nullable Object value) {
    if (value == null) {
      throw ClrException.nullReference();
    }
    return value;
  }
}
