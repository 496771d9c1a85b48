package io.ccrelay.policy.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns expressions as written into closures. Confined to one thread. */
final class Compiler {

  private static final int DEEPEST = 600;
  private static final String CONTEXT = "context";

  final Scope scope = new Scope();
  private final Access access = new Access(this);
  private final Creation creation = new Creation(this);
  private final Assignment assignment = new Assignment(this);
  private final Operations operations = new Operations(this);
  private @Nullable Integer receiver;
  private @Nullable TypeRef receiverType;
  private int depth;

  /** Bodies that the expression may read. */
  boolean readsRequestBody;

  boolean readsResponseBody;

  /** Whether the request's body is read in a way that leaves nothing of it. */
  boolean consumesRequestBody;

  Code code(Node node) {
    return compile(node).code();
  }

  Coded compile(Node node) {
    if (++depth > DEEPEST) {
      throw new Syntax(node.at(), "the expression is nested too deeply");
    }
    Coded coded = dispatch(node);
    depth--;
    return coded;
  }

  private Coded dispatch(Node node) {
    return switch (node) {
      case Node.Literal literal -> literal(literal);
      case Node.Name name -> name(name);
      case Node.Member member -> access.member(member);
      case Node.Call call -> access.call(call);
      case Node.Index index -> Indexing.index(index, this);
      case Node.Safe safe -> safe(safe);
      case Node.Receiver ignored -> received(node);
      case Node.Cast cast -> cast(cast);
      case Node.As as -> as(as);
      case Node.Is is -> is(is);
      case Node.Default value -> defaultValue(value);
      case Node.TypeOf value -> typeOf(value);
      case Node.Unary unary -> operations.unary(unary);
      case Node.Step step -> assignment.step(step);
      case Node.Binary binary -> operations.binary(binary);
      case Node.Conditional conditional -> operations.conditional(conditional);
      case Node.Assign assign -> assignment.assign(assign);
      case Node.New creation -> this.creation.object(creation);
      case Node.NewArray array -> creation.array(array);
      case Node.NewAnonymous anonymous -> creation.anonymous(anonymous);
      case Node.Lambda lambda -> lambda(lambda);
      case Node.Interpolated text -> new Concatenation(this).interpolated(text);
    };
  }

  private static Coded literal(Node.Literal literal) {
    Object value = literal.value();
    return new Coded(frame -> value, value == null ? null : Casts.plain(Types.of(value)));
  }

  private Coded name(Node.Name name) {
    Scope.Local local = scope.find(name.name());
    if (local != null) {
      int slot = local.slot();
      return new Coded(frame -> frame.slots[slot], local.type());
    }
    if (name.name().equals(CONTEXT)) {
      return Coded.of(frame -> frame.context, Types.CONTEXT);
    }
    if (Types.named(name.name()) != null) {
      throw new Syntax(name.at(), "type '" + name.name() + "' cannot be used as a value");
    }
    throw Types.isWithoutTable(name.name())
        ? TypeNames.refused(name.at(), name.name())
        : new Syntax(
            name.at(), "'" + name.name() + "' is neither a local variable nor an allowed type");
  }

  /** Whether the node names no local variable and is {@code context}. */
  boolean isContext(Node node) {
    return node instanceof Node.Name name
        && name.name().equals(CONTEXT)
        && scope.find(CONTEXT) == null;
  }

  private Coded safe(Node.Safe safe) {
    Coded target = compile(safe.target());
    Integer outer = receiver;
    TypeRef outerType = receiverType;
    int slot = scope.slot();
    receiver = slot;
    receiverType = target.type();
    Coded chain = compile(safe.chain());
    receiver = outer;
    receiverType = outerType;
    Code first = target.code();
    Code rest = chain.code();
    Code code =
        frame -> {
          Object value = first.run(frame);
          if (value == null) {
            return null;
          }
          frame.slots[slot] = value;
          return rest.run(frame);
        };
    return new Coded(code, chain.type());
  }

  private Coded received(Node node) {
    Integer slot = receiver;
    if (slot == null) {
      throw new Syntax(node.at(), "'?.' without a value");
    }
    int place = slot;
    return new Coded(frame -> frame.slots[place], receiverType);
  }

  private Coded cast(Node.Cast cast) {
    TypeRef type = TypeNames.resolve(cast.type());
    Coded operand = compile(cast.operand());
    Code code = operand.code();
    boolean boxed = operand.isBoxed();
    int at = cast.at();
    return new Coded(
        frame -> {
          Object value = code.run(frame);
          frame.at = at;
          return Casts.cast(value, type, boxed);
        },
        type);
  }

  private Coded as(Node.As as) {
    TypeRef type = TypeNames.resolve(as.type());
    Code code = code(as.operand());
    return new Coded(
        frame -> {
          Object value = code.run(frame);
          return Casts.is(value, type) ? value : null;
        },
        type);
  }

  private Coded is(Node.Is is) {
    Code code = code(is.operand());
    boolean negated = is.negated();
    if (is.type() == null) {
      return Coded.of(frame -> code.run(frame) == null != negated, Types.BOOL);
    }
    TypeRef type = TypeNames.resolve(is.type());
    String name = is.name();
    int slot = name == null ? -1 : scope.declare(is.at(), name, type, true).slot();
    return Coded.of(
        frame -> {
          Object value = code.run(frame);
          boolean fits = Casts.is(value, type);
          if (fits && slot >= 0) {
            frame.slots[slot] = value;
          }
          return fits != negated;
        },
        Types.BOOL);
  }

  private static Coded defaultValue(Node.Default node) {
    TypeRef type = node.type() == null ? null : TypeNames.resolve(node.type());
    Object value = type == null ? null : Casts.defaultOf(type);
    return new Coded(frame -> value, type);
  }

  /** A type as a value: there is nothing to do with it but name an enumeration. */
  private static Coded typeOf(Node.TypeOf node) {
    TypeRef type = TypeNames.resolve(node.type());
    return new Coded(frame -> type.type(), Casts.plain(Types.OBJECT));
  }

  private Coded lambda(Node.Lambda lambda) {
    scope.open();
    List<Integer> slots = new ArrayList<>();
    for (String parameter : lambda.parameters()) {
      slots.add(
          parameter.equals("_")
              ? scope.slot()
              : scope.declare(lambda.at(), parameter, null, false).slot());
    }
    Code body = lambda.body() == null ? block(lambda) : code(lambda.body());
    scope.close();
    int[] places = slots.stream().mapToInt(Integer::intValue).toArray();
    return new Coded(frame -> (Callable) arguments -> called(frame, places, body, arguments), null);
  }

  private Code block(Node.Lambda lambda) {
    Stmt.Block block = lambda.block();
    Exec exec =
        new StatementCompiler(this)
            .body(block == null ? new Stmt.Block(lambda.at(), List.of()) : block, false);
    return frame -> {
      frame.result = null;
      return exec.run(frame) == Exec.RETURN ? frame.result : null;
    };
  }

  private static @Nullable Object called(
      Frame frame, int[] places, Code body, @Nullable Object[] arguments) {
    frame.budget.step();
    for (int i = 0; i < Math.min(places.length, arguments.length); i++) {
      frame.slots[places[i]] = arguments[i];
    }
    return body.run(frame);
  }

  /** The type of a member's result, {@code null} if it is not known. */
  static @Nullable TypeRef resultOf(ClrType.Member member, List<TypeRef> types) {
    if (member.result().equals(ClrType.GENERIC)) {
      return types.isEmpty() ? null : types.getFirst();
    }
    ClrType type = Types.named(member.result());
    return type == null ? null : Casts.plain(type);
  }
}
