package io.ccrelay.policy.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles statements and checks that every path returns. Confined to one thread. */
final class StatementCompiler {

  /** A compiled statement and whether the one after it can be reached. */
  record Flow(Exec exec, boolean completes) {}

  /** What a {@code break} leaves, and whether there is one. */
  static final class Target {
    final boolean loop;
    boolean left;

    Target(boolean loop) {
      this.loop = loop;
    }
  }

  final Compiler compiler;
  final Deque<Target> targets = new ArrayDeque<>();
  final Deque<Integer> caught = new ArrayDeque<>();
  private final LoopCompiler loops = new LoopCompiler(this);
  private final TryCompiler tries = new TryCompiler(this);

  StatementCompiler(Compiler compiler) {
    this.compiler = compiler;
  }

  /** The statements of an expression or of a lambda. */
  Exec body(Stmt.Block block, boolean mustReturn) {
    Flow flow = compile(block);
    if (mustReturn && flow.completes()) {
      throw new Syntax(block.at(), "not all paths return a value");
    }
    return flow.exec();
  }

  Flow compile(Stmt statement) {
    return switch (statement) {
      case Stmt.Local local -> local(local);
      case Stmt.Effect effect -> effect(effect);
      case Stmt.Block block -> block(block.statements());
      case Stmt.If choice -> choice(choice);
      case Stmt.While loop -> loops.whileLoop(loop);
      case Stmt.For loop -> loops.forLoop(loop);
      case Stmt.Foreach loop -> loops.foreach(loop);
      case Stmt.Return value -> returned(value);
      case Stmt.Break leave -> jump(leave.at(), false);
      case Stmt.Continue again -> jump(again.at(), true);
      case Stmt.Throw thrown -> tries.thrown(thrown);
      case Stmt.Try attempt -> tries.attempt(attempt);
      case Stmt.Switch selection -> loops.selection(selection);
    };
  }

  private Flow local(Stmt.Local local) {
    var codes = new ArrayList<Exec>();
    TypeRef declared = local.type() == null ? null : TypeNames.resolve(local.type());
    for (Stmt.Variable variable : local.variables()) {
      codes.add(variable(variable, declared));
    }
    return new Flow(codes.size() == 1 ? codes.getFirst() : sequence(codes), true);
  }

  private Exec variable(Stmt.Variable variable, @Nullable TypeRef declared) {
    Node value = variable.value();
    if (value == null) {
      if (declared == null) {
        throw new Syntax(variable.at(), "'var " + variable.name() + "' needs a value");
      }
      Scope.Local there = compiler.scope.declare(variable.at(), variable.name(), declared, true);
      return frame -> {
        frame.slots[there.slot()] = Casts.defaultOf(declared);
        return Exec.NEXT;
      };
    }
    Coded initial = compiler.compile(value);
    TypeRef type = declared == null ? initial.type() : declared;
    Scope.Local there =
        compiler.scope.declare(variable.at(), variable.name(), type, declared != null);
    Code code = Assignment.fitting(initial.code(), there);
    int slot = there.slot();
    int at = variable.at();
    return frame -> {
      frame.budget.step();
      frame.at = at;
      frame.slots[slot] = code.run(frame);
      return Exec.NEXT;
    };
  }

  private Flow effect(Stmt.Effect effect) {
    Code code = compiler.code(effect.value());
    return new Flow(
        frame -> {
          frame.budget.step();
          var _ = code.run(frame);
          return Exec.NEXT;
        },
        true);
  }

  Flow block(List<Stmt> statements) {
    compiler.scope.open();
    var execs = new ArrayList<Exec>();
    boolean completes = true;
    for (Stmt statement : statements) {
      Flow flow = compile(statement);
      execs.add(flow.exec());
      completes &= flow.completes();
    }
    compiler.scope.close();
    return new Flow(execs.size() == 1 ? execs.getFirst() : sequence(execs), completes);
  }

  static Exec sequence(List<Exec> execs) {
    Exec[] all = execs.toArray(new Exec[0]);
    return frame -> {
      for (Exec exec : all) {
        int how = exec.run(frame);
        if (how != Exec.NEXT) {
          return how;
        }
      }
      return Exec.NEXT;
    };
  }

  private Flow choice(Stmt.If choice) {
    Code condition = compiler.code(choice.condition());
    Flow yes = block(List.of(choice.yes()));
    Flow no =
        choice.no() == null ? new Flow(frame -> Exec.NEXT, true) : block(List.of(choice.no()));
    Exec first = yes.exec();
    Exec second = no.exec();
    return new Flow(
        frame -> Truth.of(condition.run(frame)) ? first.run(frame) : second.run(frame),
        yes.completes() || no.completes());
  }

  private Flow returned(Stmt.Return value) {
    Code code = compiler.code(value.value());
    return new Flow(
        frame -> {
          frame.result = code.run(frame);
          return Exec.RETURN;
        },
        false);
  }

  private Flow jump(int at, boolean again) {
    Target target = target(again);
    if (target == null) {
      throw new Syntax(at, "no loop around '" + (again ? "continue" : "break") + "'");
    }
    target.left |= !again;
    int how = again ? Exec.CONTINUE : Exec.BREAK;
    return new Flow(frame -> how, false);
  }

  private @Nullable Target target(boolean loop) {
    for (Target target : targets) {
      if (target.loop || !loop) {
        return target;
      }
    }
    return null;
  }
}
