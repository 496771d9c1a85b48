package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Key;
import io.ccrelay.policy.run.Answer;
import io.ccrelay.policy.run.Effect;
import io.ccrelay.policy.run.Opening;
import io.ccrelay.policy.run.PolicyRun;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Drives one run: performs each effect and hands its answer back, until the reply. Confined to the
 * request's context.
 */
final class PolicyDriver {

  private final Vertx vertx;
  private final PolicyRun run;
  private final PolicyCaches caches;
  private final PromptAnswers similar;
  private final Tollgate tollgate;
  private final Lanes lanes;
  private final ValueFlights flights;
  private final PolicyCalls calls;
  private final Templates templates;
  private final TokenJudge judge;
  private final TokenSource tokens;
  private final PolicyReply reply;
  private final List<Key> entered = new ArrayList<>();
  private boolean over;

  PolicyDriver(
      Vertx vertx,
      PolicyRun run,
      PolicyCaches caches,
      PromptAnswers similar,
      Tollgate tollgate,
      Lanes lanes,
      ValueFlights flights,
      PolicyCalls calls,
      Templates templates,
      TokenJudge judge,
      TokenSource tokens,
      PolicyReply reply) {
    this.vertx = vertx;
    this.run = run;
    this.caches = caches;
    this.similar = similar;
    this.tollgate = tollgate;
    this.lanes = lanes;
    this.flights = flights;
    this.calls = calls;
    this.templates = templates;
    this.judge = judge;
    this.tokens = tokens;
    this.reply = reply;
  }

  void begin(Opening opening) {
    guarded(() -> drive(run, run.start(opening))).onComplete(this::finish);
  }

  /** What a defect throws is a failure like others. */
  private static <T> Future<T> guarded(Supplier<Future<T>> step) {
    return Future.<Void>succeededFuture().compose(_ -> step.get());
  }

  /** The client left: what is under way for it is given up. */
  void abandon() {
    calls.cancel();
    if (over) {
      reply.left();
    } else {
      over = true;
      release();
      reply.abandoned();
    }
  }

  private void finish(Optional<Effect.Reply> end, Throwable failure) {
    if (over) {
      return;
    }
    over = true;
    release();
    Effect.Reply last = end == null || end.isEmpty() ? PolicyDefects.reply(failure) : end.get();
    calls.keepOnly(last.response().onItsWay());
    reply.send(
        last.response(),
        run.conversation().servedFromCache(),
        sent -> {
          var _ = tollgate.pay(last.settlement().after(sent));
        });
  }

  private void release() {
    flights.abandon();
    entered.forEach(lanes::leave);
    entered.clear();
  }

  /** The reply that {@code of} ends with; none if it is a branch that just ends. */
  private Future<Optional<Effect.Reply>> drive(PolicyRun of, Effect first) {
    Effect effect = first;
    while (true) {
      if (effect instanceof Effect.Reply last) {
        return Future.succeededFuture(Optional.of(last));
      }
      if (effect instanceof Effect.Finished || over) {
        return Future.succeededFuture(Optional.empty());
      }
      Future<Answer> answer = perform(effect);
      if (!answer.isComplete()) {
        return answer.compose(it -> drive(of, of.resume(it)));
      }
      effect = of.resume(answer.result());
    }
  }

  /** Never fails: what goes wrong is an answer. */
  private Future<Answer> perform(Effect effect) {
    return switch (effect) {
      case Effect.Read(var slot) -> reply.trace().lookUp(() -> caches.read(slot));
      case Effect.Write it -> caches.write(it);
      case Effect.LookupSimilar it -> reply.trace().lookUp(() -> similar.find(it));
      case Effect.RememberSimilar it -> similar.remember(it);
      case Effect.Remove(var slot) -> caches.remove(slot);
      case Effect.Board it -> flights.board(it);
      case Effect.Land it -> flights.land(it);
      case Effect.Pay(var tolls) -> tollgate.pay(tolls).map(Answer.Judged::new);
      case Effect.Enter(var lane, int most) -> done(new Answer.Entered(enter(lane, most)));
      case Effect.Leave(var lane) -> done(leave(lane));
      case Effect.Forward it -> calls.forward(it);
      case Effect.Send(var call) -> calls.send(call);
      case Effect.SendOneWay(var call) -> calls.sendOneWay(call);
      case Effect.Together it -> together(it);
      case Effect.Delay(var time) -> vertx.timer(Math.max(1, time.toMillis())).map(Answer.DONE);
      case Effect.Render it -> templates.render(it);
      case Effect.Compute(var work) -> compute(work);
      case Effect.Validate it -> judge.judge(it);
      case Effect.Identify it -> identify(it);
      case Effect.Reply _, Effect.Finished _ ->
          throw new IllegalStateException("the last effects have no answer");
    };
  }

  private static Future<Answer> done(Answer answer) {
    return Future.succeededFuture(answer);
  }

  private boolean enter(Key lane, int most) {
    boolean admitted = lanes.enter(lane, most);
    if (admitted) {
      entered.add(lane);
    }
    return admitted;
  }

  private Answer leave(Key lane) {
    if (entered.remove(lane)) {
      lanes.leave(lane);
    }
    return Answer.DONE;
  }

  private Future<Answer> compute(Supplier<String> work) {
    return vertx
        .executeBlocking(work::get, false)
        .<Answer>map(Answer.Text::new)
        .otherwise(failure ->
            new Answer.Broken("ConversionFailure", String.valueOf(failure.getMessage())));
  }

  private Future<Answer> identify(Effect.Identify wish) {
    return tokens
        .token(wish.resource(), wish.clientId())
        .<Answer>map(Answer.Text::new)
        .otherwise(_ -> new Answer.Broken("ManagedIdentityTokenFailure", "no token"));
  }

  /** The first reply of a branch ends all. */
  private Future<Answer> together(Effect.Together wait) {
    if (wait.branches().isEmpty()) {
      return done(new Answer.Joined(Optional.empty()));
    }
    Promise<Answer> joined = Promise.promise();
    var left = new AtomicInteger(wait.any() ? 1 : wait.branches().size());
    for (PolicyRun branch : wait.branches()) {
      guarded(() -> drive(branch, branch.startBranch()))
          .onComplete((end, failure) -> {
            if (failure != null) {
              joined.tryFail(failure);
            } else if (end.isPresent() || left.decrementAndGet() == 0) {
              joined.tryComplete(new Answer.Joined(end));
            }
          });
    }
    return joined.future();
  }
}
