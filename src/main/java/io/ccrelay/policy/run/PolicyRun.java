package io.ccrelay.policy.run;

import io.ccrelay.policy.CachePolicy;
import io.ccrelay.policy.CallPolicy;
import io.ccrelay.policy.ControlPolicy;
import io.ccrelay.policy.LimitPolicy;
import io.ccrelay.policy.LlmPolicy;
import io.ccrelay.policy.Policy;
import io.ccrelay.policy.Section;
import io.ccrelay.policy.SecurityPolicy;
import io.ccrelay.policy.SecurityPolicy.Cors;
import io.ccrelay.policy.TransformPolicy;
import io.ccrelay.policy.expression.BudgetExceededException;
import io.ccrelay.policy.expression.EvaluationException;
import io.ccrelay.policy.expression.PolicyContext.LastError;
import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a policy. {@link #start} yields the first effect; each answer,
 * given to {@link #resume}, yields the next one; the last is {@link Effect.Reply}. Confined to one
 * context.
 */
public final class PolicyRun {

  /** A list of statements under way. */
  private record Frame(Iterator<Policy> rest, Supplier<Move> then) {}

  private final Plan plan;
  private final Conversation conversation;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final ControlMoves control;
  private final CacheMoves cache;
  private final ValueMoves values;
  private final TransformMoves transform;
  private final CallMoves calls;
  private final LimitMoves limits;
  private final TokenMoves tokens;
  private final SimilarMoves similar;
  private final SecurityMoves security;
  private final Ending ending;
  private Section section = Section.INBOUND;
  private @Nullable Policy current;
  private Function<Answer, Move> then = _ -> Move.NEXT;

  /** The whole of {@code plan} for {@code conversation}. */
  public PolicyRun(Plan plan, Conversation conversation) {
    this.plan = plan;
    this.conversation = conversation;
    var evaluated = new Values(conversation);
    this.transform = new TransformMoves(conversation, evaluated);
    this.control = new ControlMoves(plan, conversation, evaluated, transform);
    this.cache = new CacheMoves(plan.policy(), conversation, evaluated);
    this.values = new ValueMoves(conversation, evaluated);
    this.calls = new CallMoves(conversation, evaluated, transform, plan);
    this.limits = new LimitMoves(conversation, evaluated);
    this.tokens = new TokenMoves(conversation, evaluated);
    this.similar = new SimilarMoves(plan.policy(), conversation, evaluated);
    this.security = new SecurityMoves(conversation, evaluated);
    this.ending = new Ending(conversation);
  }

  /** The first effect of all of inbound. */
  public Effect start() {
    return start(new Opening.Inbound());
  }

  /** The first effect. */
  public Effect start(Opening opening) {
    var inbound = plan.policy().section(Section.INBOUND);
    return switch (opening) {
      case Opening.Inbound _ -> proceed(() -> new Move.Run(inbound, this::backend));
      case Opening.Preflight _ -> {
        var answering = inbound.stream().filter(Cors.class::isInstance).toList();
        yield proceed(() -> new Move.Run(answering, Move.End::new));
      }
      case Opening.Refusal it -> proceed(() -> refused(it));
    };
  }

  private static Move refused(Opening.Refusal refusal) {
    throw new PolicyFailure(
        refusal.source(),
        refusal.reason(),
        refusal.message(),
        Replies.error(refusal.status(), refusal.said()));
  }

  /** A run of {@code block} alone, which shares the conversation: a branch of {@code wait}. */
  static PolicyRun branch(Plan plan, Conversation conversation, Policy statement) {
    var branch = new PolicyRun(plan, conversation);
    branch.section = statement.place().section();
    branch.frames.push(new Frame(List.of(statement).iterator(), Move.Stop::new));
    return branch;
  }

  /** The first effect of a branch. */
  public Effect startBranch() {
    return proceed(() -> Move.NEXT);
  }

  /** The effect that follows {@code answer} to the one before. */
  public Effect resume(Answer answer) {
    Function<Answer, Move> waiting = then;
    return proceed(() -> waiting.apply(answer));
  }

  /** The conversation. */
  public Conversation conversation() {
    return conversation;
  }

  private Move backend() {
    section = Section.BACKEND;
    return new Move.Run(plan.policy().section(Section.BACKEND), this::outbound);
  }

  private Move outbound() {
    cache.tellDownstream();
    return outboundFrom(0);
  }

  private Move outboundFrom(int index) {
    section = Section.OUTBOUND;
    var statements = plan.policy().section(Section.OUTBOUND);
    return new Move.Run(statements.subList(index, statements.size()), Move.End::new);
  }

  private Effect proceed(Supplier<Move> first) {
    Supplier<Move> next = first;
    while (true) {
      Move move = guarded(next);
      switch (move) {
        case Move.Next _ -> next = this::advance;
        case Move.Ask(Effect effect, var following) -> {
          then = following;
          return effect;
        }
        case Move.Run(var block, var following) -> {
          frames.push(new Frame(block.iterator(), following));
          next = this::advance;
        }
        case Move.ToOutbound(int index) -> {
          frames.clear();
          next = () -> outboundFrom(index);
        }
        case Move.Stop _ -> {
          return new Effect.Finished();
        }
        case Move.End _ -> {
          frames.clear();
          return ending.reply();
        }
      }
    }
  }

  private Move advance() {
    Frame frame = frames.element();
    if (frame.rest.hasNext()) {
      current = frame.rest.next();
      return perform(current);
    }
    frames.pop();
    return frame.then.get();
  }

  private Move perform(Policy statement) {
    return switch (statement) {
      case ControlPolicy it -> control.perform(it);
      case CachePolicy.Lookup it -> cache.lookup(it);
      case CachePolicy.Store it -> cache.store(it);
      case CachePolicy it -> values.perform(it);
      case TransformPolicy it -> transform.perform(it);
      case CallPolicy it -> calls.perform(it);
      case LimitPolicy it -> limits.perform(it);
      case LlmPolicy.TokenLimit it -> tokens.limit(it);
      case LlmPolicy.EmitTokenMetric it -> tokens.metric(it);
      case LlmPolicy.SemanticLookup it -> similar.lookup(it);
      case LlmPolicy.SemanticStore it -> similar.store(it);
      case SecurityPolicy it -> security.perform(it);
    };
  }

  private Move guarded(Supplier<Move> step) {
    try {
      return step.get();
    } catch (PolicyFailure failure) {
      return failed(failure);
    } catch (EvaluationException | ClrException | BudgetExceededException failure) {
      String message = "Expression evaluation failed. " + failure.getMessage();
      return failed(PolicyFailure.internal(source(), "ExpressionValueEvaluationFailure", message));
    }
  }

  private Move failed(PolicyFailure failure) {
    frames.clear();
    conversation.lastError(error(failure));
    conversation.trace(failure.source(), failure.reason() + ": " + failure.message());
    conversation.response(failure.reply());
    if (section == Section.ON_ERROR) {
      return new Move.End();
    }
    section = Section.ON_ERROR;
    return new Move.Run(plan.policy().section(Section.ON_ERROR), Move.End::new);
  }

  private String source() {
    Policy statement = current;
    if (statement == null) {
      return "";
    }
    String[] steps = statement.place().path().split("/", -1);
    String last = steps[steps.length - 1];
    int number = last.indexOf('[');
    return number < 0 ? last : last.substring(0, number);
  }

  private LastError error(PolicyFailure failure) {
    Policy statement = current;
    return new LastError(
        failure.source().isEmpty() ? source() : failure.source(),
        failure.reason(),
        failure.message(),
        statement == null ? "" : statement.place().scope().token(),
        section.token(),
        statement == null ? "" : statement.place().path(),
        statement == null ? "" : statement.place().id().orElse(""));
  }
}
