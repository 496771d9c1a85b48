package io.ccrelay.policy.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as written. */
sealed interface Stmt {

  int at();

  /** {@code type name = value, ...}; without a type {@code var}. */
  record Local(int at, @Nullable TypeName type, List<Variable> variables) implements Stmt {}

  /** A variable of a declaration. */
  record Variable(int at, String name, @Nullable Node value) {}

  /** An expression for its effect. */
  record Effect(int at, Node value) implements Stmt {}

  /** Statements in braces. */
  record Block(int at, List<Stmt> statements) implements Stmt {}

  /** {@code if}. */
  record If(int at, Node condition, Stmt yes, @Nullable Stmt no) implements Stmt {}

  /** {@code while}, or {@code do} if the body runs before the first test. */
  record While(int at, Node condition, Stmt body, boolean bodyFirst) implements Stmt {}

  /** {@code for}. */
  record For(int at, List<Stmt> before, @Nullable Node condition, List<Node> after, Stmt body)
      implements Stmt {}

  /** {@code foreach}. */
  record Foreach(int at, @Nullable TypeName type, String name, Node source, Stmt body)
      implements Stmt {}

  /** {@code return}. */
  record Return(int at, Node value) implements Stmt {}

  /** {@code break}. */
  record Break(int at) implements Stmt {}

  /** {@code continue}. */
  record Continue(int at) implements Stmt {}

  /** {@code throw}; without a value the exception that was caught. */
  record Throw(int at, @Nullable Node value) implements Stmt {}

  /** {@code try}. */
  record Try(int at, Block body, List<Catch> catches, @Nullable Block last) implements Stmt {}

  /** A {@code catch} clause. */
  record Catch(
      int at,
      @Nullable TypeName type,
      @Nullable String name,
      @Nullable Node condition,
      Block body) {}

  /** {@code switch} over constants. */
  record Switch(int at, Node value, List<Section> sections) implements Stmt {}

  /** The labels of a section, the default among them as {@code null}, and its statements. */
  record Section(List<@Nullable Node> labels, List<Stmt> statements) {}
}
