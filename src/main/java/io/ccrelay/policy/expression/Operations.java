package io.ccrelay.policy.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles operators. */
final class Operations {

  private static final Map<ClrType, Integer> NUMERIC_RANK =
      Map.of(Types.CHAR, 0, Types.INT, 1, Types.LONG, 2, Types.DOUBLE, 3, Types.DECIMAL, 4);

  private final Compiler compiler;

  Operations(Compiler compiler) {
    this.compiler = compiler;
  }

  Coded unary(Node.Unary node) {
    Coded operand = compiler.compile(node.operand());
    Code code = operand.code();
    if (node.operator().equals("!")) {
      return Coded.of(frame -> !Truth.of(code.run(frame)), Types.BOOL);
    }
    char operator = node.operator().charAt(0);
    int at = node.at();
    return new Coded(
        frame -> {
          Object value = code.run(frame);
          frame.at = at;
          return Operators.unary(operator, value);
        },
        operand.type());
  }

  Coded conditional(Node.Conditional node) {
    Code condition = compiler.code(node.condition());
    Coded yes = compiler.compile(node.yes());
    Coded no = compiler.compile(node.no());
    TypeRef type = common(yes, no);
    Code first = widened(yes, type);
    Code second = widened(no, type);
    return new Coded(
        frame -> Truth.of(condition.run(frame)) ? first.run(frame) : second.run(frame), type);
  }

  /** The type of either, {@code null} if they have none in common. */
  private static @Nullable TypeRef common(Coded a, Coded b) {
    TypeRef numeric = promoted(a, b);
    if (numeric != null) {
      return numeric;
    }
    TypeRef left = a.type();
    TypeRef right = b.type();
    if (left == null || right == null) {
      return a.isText() || b.isText() ? Casts.plain(Types.STRING) : null;
    }
    return left.type() == right.type() && left.rank() == right.rank() ? left : null;
  }

  private static Code widened(Coded coded, @Nullable TypeRef type) {
    boolean needed =
        type != null
            && coded.type() != null
            && NUMERIC_RANK.containsKey(type.type())
            && coded.type().type() != type.type();
    Code code = coded.code();
    return needed && type != null ? frame -> Casts.cast(code.run(frame), type, false) : code;
  }

  /** The type of arithmetic of both, {@code null} if one is not known to be a number. */
  static @Nullable TypeRef promoted(Coded a, Coded b) {
    Integer left = rank(a);
    Integer right = rank(b);
    if (left == null || right == null) {
      return null;
    }
    int greatest = Math.max(1, Math.max(left, right));
    List<ClrType> types = List.of(Types.CHAR, Types.INT, Types.LONG, Types.DOUBLE, Types.DECIMAL);
    return Casts.plain(types.get(greatest));
  }

  private static @Nullable Integer rank(Coded coded) {
    TypeRef type = coded.type();
    return type == null || type.rank() > 0 || type.nullable()
        ? null
        : NUMERIC_RANK.get(type.type());
  }

  Coded binary(Node.Binary node) {
    return switch (node.operator()) {
      case "&&" -> logical(node, true);
      case "||" -> logical(node, false);
      case "??" -> coalesce(node);
      case "==", "!=" -> equality(node);
      case "<", ">", "<=", ">=" -> order(node);
      case "<<", ">>" -> shift(node);
      case "+" -> new Concatenation(compiler).sum(node);
      default -> arithmetic(node, compiler.compile(node.left()), compiler.compile(node.right()));
    };
  }

  private Coded logical(Node.Binary node, boolean both) {
    Code left = compiler.code(node.left());
    Code right = compiler.code(node.right());
    return Coded.of(
        both
            ? frame -> Truth.of(left.run(frame)) && Truth.of(right.run(frame))
            : frame -> Truth.of(left.run(frame)) || Truth.of(right.run(frame)),
        Types.BOOL);
  }

  private Coded coalesce(Node.Binary node) {
    Coded first = compiler.compile(node.left());
    Coded second = compiler.compile(node.right());
    Code left = first.code();
    Code right = second.code();
    TypeRef type = common(first, second);
    return new Coded(
        frame -> {
          Object value = left.run(frame);
          return value == null ? right.run(frame) : value;
        },
        type);
  }

  private Coded equality(Node.Binary node) {
    Code left = compiler.code(node.left());
    Code right = compiler.code(node.right());
    boolean equal = node.operator().equals("==");
    return Coded.of(
        frame -> Comparison.equal(left.run(frame), right.run(frame)) == equal, Types.BOOL);
  }

  private Coded order(Node.Binary node) {
    Code left = compiler.code(node.left());
    Code right = compiler.code(node.right());
    String operator = node.operator();
    int at = node.at();
    return Coded.of(
        frame -> {
          Object a = left.run(frame);
          Object b = right.run(frame);
          frame.at = at;
          return Comparison.ordered(operator, a, b);
        },
        Types.BOOL);
  }

  private Coded shift(Node.Binary node) {
    Coded value = compiler.compile(node.left());
    Code left = value.code();
    Code right = compiler.code(node.right());
    boolean toTheLeft = node.operator().equals("<<");
    int at = node.at();
    return new Coded(
        frame -> {
          Object a = left.run(frame);
          Object b = right.run(frame);
          frame.at = at;
          return Operators.shift(toTheLeft, a, b);
        },
        value.type());
  }

  private Coded arithmetic(Node.Binary node, Coded first, Coded second) {
    char operator = node.operator().charAt(0);
    Code left = first.code();
    Code right = second.code();
    int at = node.at();
    boolean truths = first.type() != null && first.type().type() == Types.BOOL;
    return new Coded(
        frame -> {
          Object a = left.run(frame);
          Object b = right.run(frame);
          frame.at = at;
          return Operators.apply(operator, a, b);
        },
        truths ? first.type() : promoted(first, second));
  }
}
