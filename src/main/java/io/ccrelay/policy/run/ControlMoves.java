package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.ControlPolicy;
import io.ccrelay.policy.ControlPolicy.Choose;
import io.ccrelay.policy.ControlPolicy.LimitConcurrency;
import io.ccrelay.policy.ControlPolicy.MockResponse;
import io.ccrelay.policy.ControlPolicy.Retry;
import io.ccrelay.policy.ControlPolicy.ReturnResponse;
import io.ccrelay.policy.ControlPolicy.Trace;
import io.ccrelay.policy.ControlPolicy.Wait;
import io.ccrelay.policy.ControlPolicy.WaitFor;
import io.ccrelay.policy.ControlPolicy.When;
import io.ccrelay.policy.OperationEntity.Sample;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/** Statements that decide which statements run. */
final class ControlMoves {

  private static final int MOST_REPETITIONS = 50;

  private final Plan plan;
  private final Conversation conversation;
  private final Values values;
  private final TransformMoves transform;

  ControlMoves(Plan plan, Conversation conversation, Values values, TransformMoves transform) {
    this.plan = plan;
    this.conversation = conversation;
    this.values = values;
    this.transform = transform;
  }

  Move perform(ControlPolicy statement) {
    return switch (statement) {
      case ControlPolicy.Base _ -> Move.NEXT;
      case Choose it -> choose(it);
      case ReturnResponse it -> returnResponse(it);
      case Retry it -> new Move.Run(it.body(), () -> again(it, 1));
      case Wait it -> together(it);
      case LimitConcurrency it -> limitConcurrency(it);
      case Trace it -> trace(it);
      case MockResponse it -> mock(it);
    };
  }

  private Move choose(Choose choose) {
    for (When when : choose.whens()) {
      if (values.of(when.condition())) {
        return new Move.Run(when.body(), () -> Move.NEXT);
      }
    }
    return new Move.Run(choose.otherwise(), () -> Move.NEXT);
  }

  /** A copy is changed: the variable keeps what it has. */
  private Move returnResponse(ReturnResponse statement) {
    Response response =
        statement
            .responseVariableName()
            .map(name -> conversation.variables().getOrDefault(name, null))
            .filter(Response.class::isInstance)
            .map(Response.class::cast)
            .map(Response::copy)
            .orElseGet(() -> Response.of(200, Fields.none()));
    statement.status().ifPresent(status -> transform.setStatus(status, response));
    statement
        .headers()
        .forEach(header -> response.headers(transform.withHeader(header, response.headers())));
    Function<Move, Move> finish =
        move -> {
          conversation.response(response);
          return move;
        };
    return statement
        .body()
        .map(body ->
            transform.body(
                body,
                true,
                content -> {
                  response.body(content);
                  return finish.apply(new Move.End());
                }))
        .orElseGet(() -> finish.apply(new Move.End()));
  }

  private Move again(Retry retry, int repetition) {
    int most = Math.clamp(values.of(retry.count()), 0, MOST_REPETITIONS);
    if (repetition > most || !values.of(retry.condition())) {
      return Move.NEXT;
    }
    Move body = new Move.Run(retry.body(), () -> again(retry, repetition + 1));
    Duration pause = pause(retry, repetition);
    return pause.isZero() ? body : new Move.Ask(new Effect.Delay(pause), _ -> body);
  }

  /** Fixed; growing by {@code delta}; or doubling up to {@code max-interval}, with some jitter. */
  private Duration pause(Retry retry, int repetition) {
    if (repetition == 1 && values.of(retry.firstFastRetry())) {
      return Duration.ZERO;
    }
    double interval = values.of(retry.interval());
    var delta = values.of(retry.delta());
    var longest = values.of(retry.maxInterval());
    if (delta.isEmpty()) {
      return seconds(interval);
    }
    if (longest.isEmpty()) {
      return seconds(interval + (repetition - 1.0) * delta.get());
    }
    double jitter = 0.8 + 0.4 * Math.abs(conversation.host().seed() / (double) Integer.MIN_VALUE);
    double grown = interval + Math.pow(2, repetition - 1.0) * jitter * delta.get();
    return seconds(Math.min(grown, longest.get()));
  }

  private static Duration seconds(double amount) {
    return Duration.ofMillis((long) (Math.max(0, amount) * 1000));
  }

  private Move together(Wait wait) {
    List<PolicyRun> branches =
        wait.body().stream()
            .map(statement -> PolicyRun.branch(plan, conversation, statement))
            .toList();
    boolean any = values.of(wait.waitFor()) == WaitFor.ANY;
    return new Move.Ask(
        new Effect.Together(branches, any),
        answer ->
            answer instanceof Answer.Joined(var reply) && reply.isPresent()
                ? new Move.End()
                : Move.NEXT);
  }

  private Move limitConcurrency(LimitConcurrency statement) {
    Key lane = Keys.of("lane", statement.place().position().document(), values.of(statement.key()));
    return new Move.Ask(
        new Effect.Enter(lane, statement.maxCount()),
        answer -> {
          if (answer instanceof Answer.Entered(boolean admitted) && !admitted) {
            throw PolicyFailure.of(
                "limit-concurrency", "RateLimitExceeded", Replies.RATE_LIMIT, 429);
          }
          return new Move.Run(statement.body(), () -> Move.done(new Effect.Leave(lane)));
        });
  }

  private Move trace(Trace statement) {
    var metadata = new LinkedHashMap<String, String>();
    statement.metadata().forEach(one -> metadata.put(one.name(), values.of(one.value())));
    conversation
        .host()
        .trace(
            new Host.Line(
                statement.source(),
                statement.severity().token(),
                values.of(statement.message()),
                metadata));
    return Move.NEXT;
  }

  /** Without a sample of that status and type there is no body. */
  private Move mock(MockResponse statement) {
    var wanted = values.of(statement.contentType());
    int status = values.of(statement.statusCode());
    var sample =
        conversation.surroundings().samples().stream()
            .filter(each -> each.status() == status)
            .filter(each -> wanted.map(each.contentType()::equalsIgnoreCase).orElse(true))
            .findFirst();
    Fields fields =
        wanted
            .or(() -> sample.map(Sample::contentType))
            .map(name -> Fields.of(List.of(new Field("Content-Type", name))))
            .orElse(Fields.none());
    Bytes body = sample.map(it -> Bytes.utf8(it.body())).orElse(Bytes.empty());
    conversation.response(Response.whole(status, fields, body));
    return new Move.End();
  }
}
