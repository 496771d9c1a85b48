package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.ClrType.Member;
import io.ccrelay.policy.expression.value.ClrException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles members and calls. */
final class Access {

  /** Names of arguments that may be written; they stand in their places. */
  private static final Set<String> NAMED =
      Set.of("preserveContent", "defaultValue", "comparisonType", "options", "errorWhenNoMatch");

  /** Methods of a body that leave nothing of it unless an argument says so. */
  private static final Set<String> CONSUMING = Set.of("As", "AsFormUrlEncodedContent");

  /** Members of a message that do not need its body. */
  private static final Set<String> HEAD =
      Set.of(
          "Method",
          "Url",
          "OriginalUrl",
          "Headers",
          "IpAddress",
          "MatchedParameters",
          "StatusCode",
          "StatusReason",
          "Certificate");

  private final Compiler compiler;

  Access(Compiler compiler) {
    this.compiler = compiler;
  }

  Coded member(Node.Member node) {
    ClrType owner = Owners.owner(node.target(), compiler);
    if (owner != null) {
      return constant(node, owner);
    }
    noteBody(node);
    Coded target = target(node);
    ClrType known = target.members();
    Member member = known == null ? null : known.property(node.name());
    if (known != null && member == null) {
      throw new Syntax(node.at(), "'" + known + "' has no property '" + node.name() + "'");
    }
    String name = node.name();
    Code code = target.code();
    int at = node.at();
    return new Coded(
        frame -> {
          Object value = code.run(frame);
          frame.at = at;
          return property(frame, value, name);
        },
        member == null ? null : Compiler.resultOf(member, List.of()));
  }

  private static @Nullable Object property(Frame frame, @Nullable Object value, String name) {
    if (value == null) {
      if (name.equals("HasValue")) {
        return false;
      }
      throw ClrException.nullReference();
    }
    if (value instanceof Anonymous anonymous && anonymous.members().containsKey(name)) {
      return anonymous.members().get(name);
    }
    Member member = Types.of(value).property(name);
    if (member == null && Defaults.isValueType(Types.of(value))) {
      switch (name) { // of a nullable that is not null
        case "HasValue" -> {
          return true;
        }
        case "Value" -> {
          return value;
        }
        default -> {}
      }
    }
    if (member == null) {
      throw missing(value, name);
    }
    return member.body().call(new Args(frame, value, Args.NONE, List.of()));
  }

  static ClrException missing(Object value, String name) {
    return new ClrException(
        "RuntimeBinderException",
        "'" + Types.nameOf(value) + "' does not contain a definition for '" + name + "'");
  }

  private static Coded constant(Node.Member node, ClrType owner) {
    Member member = owner.constant(node.name());
    Member function = owner.function(node.name());
    if (member == null && function != null) {
      return group(function);
    }
    if (member == null) {
      throw new Syntax(node.at(), "type '" + owner + "' has no member '" + node.name() + "'");
    }
    int at = node.at();
    return new Coded(
        frame -> {
          frame.at = at;
          return member.body().call(new Args(frame, null, Args.NONE, List.of()));
        },
        Compiler.resultOf(member, List.of()));
  }

  /** A method without its arguments, where a lambda may stand: {@code Any(char.IsDigit)}. */
  private static Coded group(Member function) {
    return new Coded(
        frame ->
            (Callable)
                arguments -> {
                  frame.budget.step();
                  @Nullable Object[] taken =
                      function.takes(1) && arguments.length > 1
                          ? new @Nullable Object[] {arguments[0]}
                          : arguments;
                  return function.body().call(new Args(frame, null, taken, List.of()));
                },
        null);
  }

  /** Notes that a body is read, or that a message goes where its body may be read. */
  private void noteBody(Node.Member node) {
    boolean ofContext = compiler.isContext(node.target());
    if (ofContext && node.name().equals("Request")) {
      compiler.readsRequestBody = true;
    } else if (ofContext && node.name().equals("Response")) {
      compiler.readsResponseBody = true;
    }
  }

  /** Compiles the target of a member; one that needs no body takes the note of it back. */
  private Coded target(Node.Member node) {
    boolean request = compiler.readsRequestBody;
    boolean response = compiler.readsResponseBody;
    Coded target = compiler.compile(node.target());
    if (HEAD.contains(node.name())
        && node.target() instanceof Node.Member message
        && compiler.isContext(message.target())) {
      compiler.readsRequestBody = request;
      compiler.readsResponseBody = response;
    }
    return target;
  }

  Coded call(Node.Call node) {
    noteConsumption(node);
    List<TypeRef> types = node.types().stream().map(TypeNames::resolve).toList();
    ClrType owner = Owners.owner(node.target(), compiler);
    Coded target = owner == null ? compiler.compile(node.target()) : null;
    Code[] arguments = arguments(node.arguments());
    if (target == null) {
      Member function = owner == null ? null : owner.function(node.name());
      checked(node, function, owner, arguments.length);
      return function == null ? literalNull() : function(node, function, arguments, types);
    }
    ClrType known = target.members();
    Member member = known == null ? null : known.method(node.name());
    if (known != null) {
      checked(node, member, known, arguments.length);
    }
    return method(node, target.code(), arguments, types, member);
  }

  /** {@code context.Request.Body.As<T>()}: without an argument nothing of the body stays. */
  private void noteConsumption(Node.Call node) {
    compiler.consumesRequestBody |=
        CONSUMING.contains(node.name())
            && node.arguments().isEmpty()
            && node.target() instanceof Node.Member body
            && body.name().equals("Body")
            && body.target() instanceof Node.Member message
            && message.name().equals("Request")
            && compiler.isContext(message.target());
  }

  private static Coded literalNull() {
    return new Coded(frame -> null, null);
  }

  private static void checked(
      Node.Call node, @Nullable Member member, @Nullable ClrType type, int count) {
    if (member == null) {
      throw new Syntax(node.at(), "'" + type + "' has no method '" + node.name() + "'");
    }
    if (!member.takes(count)) {
      throw new Syntax(
          node.at(),
          "'" + node.name() + "' of '" + type + "' does not take " + count + " arguments");
    }
  }

  private static Coded function(
      Node.Call node, Member function, Code[] arguments, List<TypeRef> types) {
    int at = node.at();
    return new Coded(
        frame -> {
          @Nullable Object[] values = run(frame, arguments);
          frame.at = at;
          frame.budget.step();
          return function.body().call(new Args(frame, null, values, types));
        },
        Compiler.resultOf(function, types));
  }

  private static Coded method(
      Node.Call node, Code target, Code[] arguments, List<TypeRef> types, @Nullable Member known) {
    int at = node.at();
    String name = node.name();
    return new Coded(
        frame -> {
          Object value = target.run(frame);
          @Nullable Object[] values = run(frame, arguments);
          frame.at = at;
          frame.budget.step();
          if (value == null) {
            throw ClrException.nullReference();
          }
          Member member = Types.of(value).method(name);
          if (member == null || !member.takes(values.length)) {
            throw missing(value, name);
          }
          return member.body().call(new Args(frame, value, values, types));
        },
        known == null ? null : Compiler.resultOf(known, types));
  }

  @CanIgnoreReturnValue
  static @Nullable Object[] run(Frame frame, Code[] codes) {
    if (codes.length == 0) {
      return Args.NONE;
    }
    @Nullable Object[] values = new @Nullable Object[codes.length];
    for (int i = 0; i < codes.length; i++) {
      values[i] = codes[i].run(frame);
    }
    return values;
  }

  Code[] arguments(List<Node.Argument> arguments) {
    Code[] codes = new Code[arguments.size()];
    for (int i = 0; i < codes.length; i++) {
      Node.Argument argument = arguments.get(i);
      if (argument.name() != null && !NAMED.contains(argument.name())) {
        throw new Syntax(
            argument.value().at(), "the named argument '" + argument.name() + "' is not supported");
      }
      codes[i] =
          argument.out() == null
              ? compiler.code(argument.value())
              : variable(argument, argument.out());
    }
    return codes;
  }

  /** An out argument; a blank before its name says that it is declared here. */
  private Code variable(Node.Argument argument, String out) {
    String name = out.strip();
    int at = argument.value().at();
    if (name.equals("_")) {
      return frame -> (Variable) value -> {};
    }
    Scope.Local local =
        out.equals(name)
            ? compiler.scope.find(name)
            : compiler.scope.declare(at, name, null, false);
    if (local == null) {
      throw new Syntax(at, "'" + name + "' is not a local variable");
    }
    int slot = local.slot();
    return frame -> (Variable) value -> frame.slots[slot] = value;
  }
}
