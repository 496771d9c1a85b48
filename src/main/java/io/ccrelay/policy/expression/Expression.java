package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import org.jspecify.annotations.Nullable;

/** A policy expression, compiled. Immutable; safe for use from any context. */
public final class Expression {

  private static final int LONGEST = 64 * 1024;
  private static final int MARKER = 2;

  private final Code code;
  private final int slots;
  private final String source;
  private final SourcePosition position;
  private final boolean readsRequestBody;
  private final boolean readsResponseBody;
  private final boolean consumesRequestBody;

  private Expression(Code code, Compiler compiler, String source, SourcePosition position) {
    this.code = code;
    this.slots = compiler.scope.slots();
    this.source = source;
    this.position = position;
    this.readsRequestBody = compiler.readsRequestBody;
    this.readsResponseBody = compiler.readsResponseBody;
    this.consumesRequestBody = compiler.consumesRequestBody;
  }

  /**
   * Compiles an expression.
   *
   * @param source the expression with its marker, {@code @(...)} or {@code @{...}}, or what stands
   *     between the brackets
   * @param position where {@code source} begins in the document
   * @param kind the form of the expression
   * @throws ExpressionException if it is not of the language, names a type that is not allowed or a
   *     member that a known type does not have
   */
  public static Expression compile(String source, SourcePosition position, ExpressionKind kind) {
    int from = kind.marks(source) ? MARKER : 0;
    int to = source.length() - (from == 0 ? 0 : 1);
    try {
      if (source.length() > LONGEST) {
        throw new Syntax(0, "the expression is longer than " + LONGEST + " characters");
      }
      var compiler = new Compiler();
      Code code = code(new Tokens(source, from, to, 0), kind, compiler);
      return new Expression(code, compiler, source, position);
    } catch (Syntax problem) {
      throw new ExpressionException(position.after(source, problem.at()), problem.problem());
    } catch (StackOverflowError tooDeep) {
      throw new ExpressionException(position, "the expression is nested too deeply");
    }
  }

  private static Code code(Tokens tokens, ExpressionKind kind, Compiler compiler) {
    var parser = new Parser(tokens);
    if (kind == ExpressionKind.EXPRESSION) {
      Node node = parser.expression();
      tokens.expectEnd();
      return compiler.code(node);
    }
    Exec exec = new StatementCompiler(compiler).body(new Statements(tokens, parser).all(), true);
    return frame -> exec.run(frame) == Exec.RETURN ? frame.result : null;
  }

  /**
   * Evaluates the expression.
   *
   * @throws EvaluationException if the expression fails
   * @throws BudgetExceededException if it uses more than {@code budget}
   */
  public @Nullable Object evaluate(PolicyContext context, Budget budget) {
    var frame = new Frame(context, budget, slots);
    try {
      return code.run(frame);
    } catch (ClrException failed) {
      throw failure(frame, failed.type(), failed.problem(), null);
    } catch (StackOverflowError tooDeep) {
      throw new BudgetExceededException(BudgetExceededException.Resource.DEPTH, "the stack holds");
    } catch (BudgetExceededException exceeded) {
      throw exceeded;
    } catch (RuntimeException unforeseen) {
      throw failure(frame, "Exception", "the evaluation failed: " + unforeseen, unforeseen);
    }
  }

  private EvaluationException failure(
      Frame frame, String type, String problem, @Nullable Throwable cause) {
    return new EvaluationException(position.after(source, frame.at), type, problem, cause);
  }

  /** Whether the request's body must have been received before an evaluation. */
  public boolean readsRequestBody() {
    return readsRequestBody;
  }

  /** Whether the response's body must have been received before an evaluation. */
  public boolean readsResponseBody() {
    return readsResponseBody;
  }

  /** Whether an evaluation may leave the request without a body. */
  public boolean consumesRequestBody() {
    return consumesRequestBody;
  }

  /** The expression as written. */
  @Override
  public String toString() {
    return source;
  }
}
