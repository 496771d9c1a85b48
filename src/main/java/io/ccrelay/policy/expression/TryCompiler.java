package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.StatementCompiler.Flow;
import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles {@code try} and {@code throw}. A budget that is used up cannot be caught. */
final class TryCompiler {

  private final StatementCompiler statements;

  TryCompiler(StatementCompiler statements) {
    this.statements = statements;
  }

  Flow thrown(Stmt.Throw node) {
    Node value = node.value();
    if (value == null) {
      Integer slot = statements.caught.peek();
      if (slot == null) {
        throw new Syntax(node.at(), "'throw' without a value outside of 'catch'");
      }
      int place = slot;
      return new Flow(frame -> raise(frame.slots[place]), false);
    }
    Code code = statements.compiler.code(value);
    return new Flow(frame -> raise(code.run(frame)), false);
  }

  private static int raise(@Nullable Object exception) {
    throw exception instanceof ClrException thrown ? thrown : ClrException.nullReference();
  }

  /** A compiled {@code catch}. */
  private record Handler(int slot, @Nullable Code condition, Exec body) {
    boolean takes(Frame frame, ClrException exception) {
      frame.slots[slot] = exception;
      return condition == null || Truth.of(condition.run(frame));
    }
  }

  Flow attempt(Stmt.Try node) {
    Flow body = statements.compile(node.body());
    boolean completes = body.completes();
    List<Handler> handlers = new ArrayList<>();
    for (Stmt.Catch clause : node.catches()) {
      Flow flow = handler(clause, handlers);
      completes |= flow.completes();
    }
    Stmt.Block last = node.last();
    Flow finished = last == null ? new Flow(frame -> Exec.NEXT, true) : statements.compile(last);
    Exec guarded = guarded(body.exec(), handlers);
    return new Flow(
        last == null ? guarded : ending(guarded, finished.exec()),
        completes && finished.completes());
  }

  private Flow handler(Stmt.Catch clause, List<Handler> handlers) {
    Compiler compiler = statements.compiler;
    if (clause.type() != null && TypeNames.resolve(clause.type()).type() != Types.EXCEPTION) {
      throw new Syntax(clause.at(), "only 'Exception' can be caught");
    }
    compiler.scope.open();
    String name = clause.name();
    int slot =
        name == null
            ? compiler.scope.slot()
            : compiler.scope.declare(clause.at(), name, Casts.plain(Types.EXCEPTION), true).slot();
    Node test = clause.condition();
    Code condition = test == null ? null : compiler.code(test);
    statements.caught.push(slot);
    Flow flow = statements.compile(clause.body());
    statements.caught.pop();
    compiler.scope.close();
    handlers.add(new Handler(slot, condition, flow.exec()));
    return flow;
  }

  private static Exec guarded(Exec body, List<Handler> handlers) {
    return frame -> {
      try {
        return body.run(frame);
      } catch (ClrException exception) {
        return handled(frame, exception, handlers);
      }
    };
  }

  private static int handled(Frame frame, ClrException exception, List<Handler> handlers) {
    for (Handler handler : handlers) {
      if (handler.takes(frame, exception)) {
        return handler.body.run(frame);
      }
    }
    throw exception;
  }

  /** Runs {@code last} whatever happened; the result of {@code return} outlives it. */
  private static Exec ending(Exec guarded, Exec last) {
    return frame -> {
      int how;
      try {
        how = guarded.run(frame);
      } catch (ClrException exception) {
        last.run(frame);
        throw exception;
      }
      Object result = frame.result;
      last.run(frame);
      frame.result = result;
      return how;
    };
  }
}
