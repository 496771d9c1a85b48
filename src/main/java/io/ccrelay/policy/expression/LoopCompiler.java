package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.StatementCompiler.Flow;
import io.ccrelay.policy.expression.StatementCompiler.Target;
import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles loops and {@code switch}. */
final class LoopCompiler {

  private final StatementCompiler statements;

  LoopCompiler(StatementCompiler statements) {
    this.statements = statements;
  }

  private Compiler compiler() {
    return statements.compiler;
  }

  private Flow body(Stmt body, Target target) {
    statements.targets.push(target);
    Flow flow = statements.block(List.of(body));
    statements.targets.pop();
    return flow;
  }

  private static boolean isForever(@Nullable Node condition) {
    return condition == null
        || (condition instanceof Node.Literal literal && Boolean.TRUE.equals(literal.value()));
  }

  Flow whileLoop(Stmt.While loop) {
    Code condition = compiler().code(loop.condition());
    var target = new Target(true);
    Exec body = body(loop.body(), target).exec();
    boolean bodyFirst = loop.bodyFirst();
    Exec exec =
        frame -> {
          boolean test = !bodyFirst;
          while (!test || Truth.of(condition.run(frame))) {
            test = true;
            frame.budget.step();
            int how = body.run(frame);
            if (how == Exec.RETURN) {
              return how;
            }
            if (how == Exec.BREAK) {
              break;
            }
          }
          return Exec.NEXT;
        };
    return new Flow(exec, !isForever(loop.condition()) || target.left);
  }

  Flow forLoop(Stmt.For loop) {
    compiler().scope.open();
    List<Exec> before = new ArrayList<>();
    loop.before().forEach(statement -> before.add(statements.compile(statement).exec()));
    Exec first = StatementCompiler.sequence(before);
    Node test = loop.condition();
    Code condition = test == null ? frame -> true : compiler().code(test);
    Code[] after = loop.after().stream().map(compiler()::code).toArray(Code[]::new);
    var target = new Target(true);
    Exec body = body(loop.body(), target).exec();
    compiler().scope.close();
    Exec exec =
        frame -> {
          first.run(frame);
          while (Truth.of(condition.run(frame))) {
            frame.budget.step();
            int how = body.run(frame);
            if (how == Exec.RETURN) {
              return how;
            }
            if (how == Exec.BREAK) {
              break;
            }
            Access.run(frame, after);
          }
          return Exec.NEXT;
        };
    return new Flow(exec, !isForever(test) || target.left);
  }

  Flow foreach(Stmt.Foreach loop) {
    Coded source = compiler().compile(loop.source());
    compiler().scope.open();
    TypeRef type = loop.type() == null ? null : TypeNames.resolve(loop.type());
    int slot = compiler().scope.declare(loop.at(), loop.name(), type, false).slot();
    Exec body = body(loop.body(), new Target(true)).exec();
    compiler().scope.close();
    Code items = source.code();
    int at = loop.at();
    Exec exec =
        frame -> {
          Object all = items.run(frame);
          frame.at = at;
          for (Object item : elements(all, frame)) {
            frame.budget.step();
            frame.slots[slot] = type == null ? item : Casts.cast(item, type, false);
            int how = body.run(frame);
            if (how == Exec.RETURN) {
              return how;
            }
            if (how == Exec.BREAK) {
              break;
            }
          }
          return Exec.NEXT;
        };
    return new Flow(exec, true);
  }

  private static List<@Nullable Object> elements(@Nullable Object all, Frame frame) {
    if (all == null) {
      throw ClrException.nullReference();
    }
    return Sequence.of(all, frame.budget);
  }

  /** A section of a switch: its labels, null for the default, and its statements. */
  private record Section(List<@Nullable Code> labels, Exec body) {}

  Flow selection(Stmt.Switch node) {
    Code value = compiler().code(node.value());
    var target = new Target(false);
    statements.targets.push(target);
    List<Section> sections = new ArrayList<>();
    boolean hasDefault = false;
    for (Stmt.Section section : node.sections()) {
      List<@Nullable Code> labels = new ArrayList<>();
      for (Node label : section.labels()) {
        labels.add(label == null ? null : compiler().code(label));
        hasDefault |= label == null;
      }
      Flow flow = statements.block(section.statements());
      if (flow.completes()) {
        throw new Syntax(
            node.at(), "a section of 'switch' must end with 'break', 'return' or 'throw'");
      }
      sections.add(new Section(labels, flow.exec()));
    }
    statements.targets.pop();
    Exec exec =
        frame -> {
          frame.budget.step();
          Section chosen = chosen(sections, value.run(frame), frame);
          int how = chosen == null ? Exec.NEXT : chosen.body.run(frame);
          return how == Exec.BREAK ? Exec.NEXT : how;
        };
    return new Flow(exec, !hasDefault || target.left);
  }

  private static @Nullable Section chosen(
      List<Section> sections, @Nullable Object value, Frame frame) {
    Section otherwise = null;
    for (Section section : sections) {
      for (Code label : section.labels) {
        if (label == null) {
          otherwise = section;
        } else if (Comparison.equal(value, label.run(frame))) {
          return section;
        }
      }
    }
    return otherwise;
  }
}
