package io.ccrelay.policy.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as written; {@code at} is its index in the source. */
sealed interface Node {

  int at();

  /** A literal. */
  record Literal(int at, @Nullable Object value) implements Node {}

  /** A name: a local variable, {@code context} or the beginning of a type's name. */
  record Name(int at, String name) implements Node {}

  /** {@code target.name}. */
  record Member(int at, Node target, String name) implements Node {}

  /** {@code target.name<types>(arguments)}. */
  record Call(int at, Node target, String name, List<TypeName> types, List<Argument> arguments)
      implements Node {}

  /** {@code target[arguments]}. */
  record Index(int at, Node target, List<Argument> arguments) implements Node {}

  /** {@code target?.chain}; the chain begins with a {@link Receiver}. */
  record Safe(int at, Node target, Node chain) implements Node {}

  /** Stands for the value before {@code ?.} within the chain after it. */
  record Receiver(int at) implements Node {}

  /** {@code (type)operand}. */
  record Cast(int at, TypeName type, Node operand) implements Node {}

  /** {@code operand as type}. */
  record As(int at, Node operand, TypeName type) implements Node {}

  /** {@code operand is type name}, or {@code is null} without a type. */
  record Is(int at, Node operand, @Nullable TypeName type, @Nullable String name, boolean negated)
      implements Node {}

  /** {@code typeof(type)}. */
  record TypeOf(int at, TypeName type) implements Node {}

  /** {@code default(type)}; without a type the default of whatever is expected, null. */
  record Default(int at, @Nullable TypeName type) implements Node {}

  /** {@code !}, {@code -}, {@code +} or {@code ~} before an operand. */
  record Unary(int at, String operator, Node operand) implements Node {}

  /** {@code ++} and {@code --}. */
  record Step(int at, Node target, int by, boolean before) implements Node {}

  /** Two operands. */
  record Binary(int at, String operator, Node left, Node right) implements Node {}

  /** {@code condition ? yes : no}. */
  record Conditional(int at, Node condition, Node yes, Node no) implements Node {}

  /** {@code target = value}; {@code operator} is empty or the one before the equals sign. */
  record Assign(int at, Node target, String operator, Node value) implements Node {}

  /** {@code new type(arguments) { items }}. */
  record New(int at, TypeName type, List<Argument> arguments, @Nullable List<Item> items)
      implements Node {}

  /** {@code new element[size]} or {@code new element[] { items }}; without an element inferred. */
  record NewArray(
      int at, @Nullable TypeName element, @Nullable Node size, @Nullable List<Node> items)
      implements Node {}

  /** {@code new { name = value, ... }}. */
  record NewAnonymous(int at, List<String> names, List<Node> values) implements Node {}

  /** {@code parameters => body}: either an expression or a block. */
  record Lambda(int at, List<String> parameters, @Nullable Node body, Stmt.@Nullable Block block)
      implements Node {}

  /** {@code $"..."}: texts and {@link Show}s. */
  record Interpolated(int at, List<Object> parts) implements Node {}

  /** A hole of an interpolated text. */
  record Show(Node value, int width, String format) {}

  /**
   * An argument.
   *
   * @param name its name if it is a named one
   * @param out the variable if it is an out argument, {@code _} for none
   * @param value its value; of an out argument unused
   */
  record Argument(@Nullable String name, @Nullable String out, Node value) {}

  /**
   * An item of an initialiser.
   *
   * @param member the member it sets, if any
   * @param arguments the index it sets, empty if none
   * @param values what is set or added
   */
  record Item(@Nullable String member, List<Argument> arguments, List<Node> values) {}
}
